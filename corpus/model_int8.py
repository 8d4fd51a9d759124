"""Makes an int8 model of an exported one: half the arithmetic, where the processor has no faster floating point.

Weights are rounded to seven bits, a scale a column; what enters a product is rounded at run time, to eight bits and
by its own range. Seven, because processors with AVX2 alone add two products in sixteen bits and would overflow.
Before that, both sides of a product are scaled against each other channel by channel (SmoothQuant, Xiao et al. 2023):
a few channels of a transformer are a hundred times as large as the rest and would take the whole range.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto

LARGEST_WEIGHT = 63
# Attention as ONNX Runtime computes it in int8: anything else about it, and it stays in floating point.
ATTENTION_INPUTS = 4
ATTENTION_ATTRIBUTES = {"num_heads", "unidirectional", "mask_filter_value"}
# How much of a channel's size moves from what enters a product into the weights. Measured on PLOS passages: without,
# the cosine to the floating-point vectors is .993; 1 for narrowing products gives .995; .5 for all products gives .987.
SMOOTHING = 0.5
# After an activation function the channels differ more: those products are told by their narrowing shape.
SMOOTHING_NARROWING = 0.85
SMALLEST = 1e-5


@dataclass(frozen=True, slots=True, eq=False)
class _Product:
    """A product of what a text becomes with constant weights, as the graph names it."""

    node: NodeProto
    entering: str
    weights: NDArray[np.float32]

    @property
    def smoothing(self) -> float:
        rows, columns = self.weights.shape
        return SMOOTHING_NARROWING if rows > columns else SMOOTHING


@dataclass(frozen=True, slots=True)
class AttentionShape:
    """How a transformer's attention is laid out, without which its parts cannot be told from one another."""

    heads: int
    width: int


def make_int8(
    source: Path, target: Path, attention: AttentionShape | None, texts: Sequence[list[int]]
) -> None:
    """Write the int8 model of an exported one.

    Args:
        source: The exported model.
        target: Where the int8 model goes.
        attention: How its attention is laid out; its parts stay apart where that is not known.
        texts: Token ids of texts like those that will be embedded; they show how large each channel gets.

    Raises:
        Exception: Whatever ONNX Runtime makes of a model that it cannot rewrite; it has no base class.
    """
    import onnx

    model = _fused(source, attention)
    products = list(_products(model))
    sizes = _channel_sizes(model, [product.entering for product in products], texts)
    # One product of 24 makes a third of the loss: the one whose channels differ most. It stays in floating point.
    products.remove(max(products, key=lambda product: _unevenness(sizes[product.entering])))
    replaced = {
        product.node.output[0]: _int8_nodes(model, product, sizes[product.entering]) for product in products
    }
    nodes = [
        new
        for node in model.graph.node
        for new in (replaced.get(node.output[0], [node]) if node.output else [node])
    ]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    _drop_unused_weights(model)
    onnx.save(model, str(target))


def _fused(source: Path, attention: AttentionShape | None) -> ModelProto:
    """Join the parts of attention and of the activation function into one operation each.

    Sums and layer norms stay apart: measured together, they take 2.7 times as long.
    """
    import onnx
    from onnxruntime.transformers.fusion_options import FusionOptions
    from onnxruntime.transformers.optimizer import optimize_by_fusion

    options = FusionOptions("bert")
    options.enable_skip_layer_norm = False
    options.enable_bias_skip_layer_norm = False
    options.enable_embed_layer_norm = False
    options.enable_attention = attention is not None
    heads, width = (attention.heads, attention.width) if attention else (0, 0)
    model: ModelProto = optimize_by_fusion(onnx.load(source), "bert", heads, width, options).model
    if not any(imported.domain == "com.microsoft" for imported in model.opset_import):
        model.opset_import.append(onnx.helper.make_opsetid("com.microsoft", 1))
    return model


def _products(model: ModelProto) -> Iterator[_Product]:
    from onnx import numpy_helper

    weights = {tensor.name: tensor for tensor in model.graph.initializer}
    for node in model.graph.node:
        if (node.op_type == "MatMul" or _plain_attention(node)) and node.input[1] in weights:
            matrix = numpy_helper.to_array(weights[node.input[1]])
            if matrix.dtype == np.float32:
                yield _Product(node, node.input[0], matrix)


def _plain_attention(node: NodeProto) -> bool:
    attributes = {attribute.name for attribute in node.attribute}
    plain = not any(node.input[ATTENTION_INPUTS:]) and attributes <= ATTENTION_ATTRIBUTES
    return node.op_type == "Attention" and plain


def _channel_sizes(
    model: ModelProto, names: Iterable[str], texts: Sequence[list[int]]
) -> dict[str, NDArray[np.float32]]:
    """Run texts and give, for each of the named values, the largest that every channel gets."""
    import onnxruntime
    from onnx import TensorProto, helper

    probe = type(model)()
    probe.CopyFrom(model)
    wanted = list(dict.fromkeys(names))
    del probe.graph.output[:]
    probe.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in wanted)
    session = onnxruntime.InferenceSession(probe.SerializeToString(), providers=["CPUExecutionProvider"])
    sizes: dict[str, NDArray[np.float32]] = {}
    for text in texts:
        ids = np.array([text], dtype=np.int64)
        values = session.run(wanted, {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        for name, value in zip(wanted, values, strict=True):
            largest = np.abs(value).reshape(-1, value.shape[-1]).max(axis=0)
            sizes[name] = np.maximum(sizes.get(name, largest), largest)
    return sizes


def _int8_nodes(model: ModelProto, product: _Product, sizes: NDArray[np.float32]) -> list[NodeProto]:
    """Give the operations that stand in for a product: scale what enters, round it, multiply."""
    from onnx import helper, numpy_helper

    node, stem = product.node, f"{product.node.output[0]}.int8"

    def constant(name: str, values: NDArray[np.generic]) -> str:
        model.graph.initializer.append(numpy_helper.from_array(values, f"{stem}.{name}"))
        return f"{stem}.{name}"

    smooth = _smoothing(product, sizes)
    weights = product.weights * smooth[:, None]
    scales = np.maximum(np.abs(weights).max(axis=0), 1e-8) / LARGEST_WEIGHT
    rounded = constant("weights", np.rint(weights / scales).astype(np.int8))
    scale, zero = (
        constant("scales", scales.astype(np.float32)),
        constant("zeros", np.zeros(len(scales), np.int8)),
    )
    scaled = f"{stem}.scaled"
    nodes = [helper.make_node("Mul", [product.entering, constant("smooth", 1 / smooth)], [scaled])]
    if node.op_type == "MatMul":
        given = [scaled, rounded, scale, zero]
        return [
            *nodes,
            helper.make_node("DynamicQuantizeMatMul", given, list(node.output), domain="com.microsoft"),
        ]
    entering, its_scale, its_zero = f"{stem}.entering", f"{stem}.scale", f"{stem}.zero"
    nodes.append(helper.make_node("DynamicQuantizeLinear", [scaled], [entering, its_scale, its_zero]))
    bias, mask = [*node.input[2:ATTENTION_INPUTS], "", ""][:2]
    given = [entering, rounded, bias, its_scale, scale, mask, its_zero, zero]
    attention = helper.make_node("QAttention", given, list(node.output), domain="com.microsoft")
    attention.attribute.extend(node.attribute)
    return [*nodes, attention]


def _unevenness(sizes: NDArray[np.float32]) -> float:
    return float(sizes.max() / max(float(sizes.mean()), SMALLEST))


def _smoothing(product: _Product, sizes: NDArray[np.float32]) -> NDArray[np.float32]:
    """Give what each channel is divided by before the product, and its weights multiplied by."""
    rows = np.maximum(np.abs(product.weights).max(axis=1), SMALLEST)
    smooth = np.maximum(sizes, SMALLEST) ** product.smoothing / rows ** (1 - product.smoothing)
    return np.asarray(smooth / np.exp(np.log(smooth).mean()), dtype=np.float32)


def _drop_unused_weights(model: ModelProto) -> None:
    used = {name for node in model.graph.node for name in node.input}
    kept = [tensor for tensor in model.graph.initializer if tensor.name in used]
    del model.graph.initializer[:]
    model.graph.initializer.extend(kept)
