// Draws the plots of the overview with Plotly, which comes from this server and only when a plot is wanted.
window.loccitPlots = (() => {
  "use strict";

  const TONES = 8;
  // The map's places go from minus to plus 1,000.
  const EDGE = 1120;
  const NEARER = 0.6;
  const SHAPES = ["circle", "diamond"];
  const CONFIG = { displayModeBar: false, displaylogo: false, responsive: true, showTips: false, doubleClick: false, plotlyServerURL: "" };
  const LINE = 19;
  const STEPS = [0, -1, 1, -2, 2, -3, 3, -4, 4].map((step) => step * LINE);
  // A name hides so many dots rather than one passage of the last answer.
  const STAR = 50;
  const TOUCH = window.matchMedia("(pointer: coarse)");
  const NARROW = window.matchMedia("(max-width: 860px)");
  let loading = null;

  function load(address) {
    return loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = address;
      script.onload = resolve;
      script.onerror = () => {
        loading = null;
        script.remove();
        reject(new Error("The plots did not come. The tables say the same."));
      };
      document.head.append(script);
    });
  }

  // Plotly takes some HTML in texts for its own.
  const plain = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

  function look(element) {
    const style = getComputedStyle(element);
    const colour = (name) => style.getPropertyValue(name).trim();
    return {
      ink: colour("--ink"), soft: colour("--soft"), line: colour("--line"), panel: colour("--panel"), accent: colour("--accent"),
      tones: Array.from({ length: TONES }, (_, number) => colour(`--tone-${number}`)),
    };
  }

  const layout = (colours, more) => ({
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)", showlegend: false, hovermode: "closest",
    font: { family: "system-ui, sans-serif", size: 12.5, color: colours.soft }, ...more,
  });

  // Papers by year, one colour a kind; past the colours, bars are hatched.
  async function bars(element, { years, kinds }, pick) {
    const colours = look(element);
    const traces = kinds.map((kind, number) => ({
      type: "bar", name: plain(kind.name), x: years, y: kind.numbers, hovertemplate: "%{x} · %{fullData.name}: %{y}<extra></extra>",
      marker: {
        color: colours.tones[number % TONES], line: { color: colours.panel, width: 1 },
        pattern: { shape: number < TONES ? "" : "/", fgcolor: colours.panel, size: 5 },
      },
    }));
    const [first, last] = [years[0], years.at(-1)];
    const room = Math.max(0, 5 - (last - first)) / 2 + 0.6;
    const most = Math.max(...years.map((_, at) => kinds.reduce((sum, kind) => sum + kind.numbers[at], 0)));
    await Plotly.react(element, traces, layout(colours, {
      barmode: "stack", bargap: 0.22, dragmode: false, margin: { l: 30, r: 4, t: 8, b: 26 },
      hoverlabel: { bgcolor: colours.panel, bordercolor: colours.line, font: { color: colours.ink, size: 13 } },
      xaxis: { range: [first - room, last + room], tickformat: "d", nticks: 8, fixedrange: true, showgrid: false, zeroline: false, ...(last - first < 8 && { dtick: 1 }) },
      yaxis: { rangemode: "tozero", tickformat: ",d", fixedrange: true, gridcolor: colours.line, zerolinecolor: colours.line, ...(most < 6 && { dtick: 1 }) },
    }), CONFIG);
    listen(element, { plotly_click: ({ points: [point] }) => pick(kinds[point.curveNumber].kind, point.x) });
  }

  // Every passage a dot; `answered` stand out, and those of the topic that was chosen.
  async function map(element, made, state, on) {
    const { answered } = state;
    element.chosenState = state;
    const colours = look(element);
    const size = made.x.length < 400 ? 9 : made.x.length < 2500 ? 6.5 : 4.5;
    const members = made.topics.map(() => []);
    made.topic.forEach((topic, passage) => members[topic].push(passage));
    const traces = members.map((passages, topic) => ({
      ...dots(made, passages),
      marker: { color: colours.tones[topic % TONES], symbol: SHAPES[Math.floor(topic / TONES) % SHAPES.length], size, opacity: 0.85, line: { width: 0 } },
    }));
    traces.push({
      ...dots(made, answered),
      marker: { color: colours.accent, symbol: "star", size: Math.max(15, size * 2), line: { color: colours.panel, width: 1.5 } },
    });
    const axis = { visible: false, fixedrange: TOUCH.matches || NARROW.matches };
    const [x, y] = view(element);
    await Plotly.react(element, traces, layout(colours, {
      dragmode: TOUCH.matches || NARROW.matches ? false : "pan", hoverdistance: 14, margin: { l: 0, r: 0, t: 0, b: 0 },
      xaxis: { ...axis, range: x }, yaxis: { ...axis, range: y },
      annotations: labels(element, made, state, colours, [x, y]),
    }), CONFIG);
    listen(element, {
      plotly_click: ({ points: [point] }) => on.open(point.customdata),
      plotly_hover: ({ points: [point], event }) => on.point(point.customdata, event),
      plotly_unhover: on.leave,
      plotly_afterplot: () => fade(element, made, element.chosenState),
      // Where the names have room depends on how much of the map is seen.
      plotly_relayout: (changed) => {
        if (!Object.keys(changed).some((key) => key.includes("axis") || key === "autosize")) return;
        Plotly.relayout(element, { annotations: labels(element, made, element.chosenState, colours, view(element)) });
      },
    });
    fade(element, made, state);
  }

  // Another topic is chosen: the dots stay where they are. Plotly would take a second to set thousands of them.
  function choose(element, made, state) {
    element.chosenState = state;
    fade(element, made, state);
    Plotly.relayout(element, { annotations: labels(element, made, state, look(element), view(element)) });
  }

  function fade(element, made, state) {
    const drawn = element.querySelectorAll(".scatterlayer .trace");
    made.topics.forEach((_, topic) => { if (drawn[topic]) drawn[topic].style.opacity = opacity(topic, state); });
  }

  const opacity = (topic, { chosen, answered }) => chosen === null ? (answered.length ? 0.5 : 1) : chosen === topic ? 1 : 0.12;

  const dots = (made, passages) => ({
    type: "scatter", mode: "markers", hoverinfo: "none", cliponaxis: true,
    x: passages.map((passage) => made.x[passage]), y: passages.map((passage) => made.y[passage]), customdata: passages,
  });

  function view(element) {
    const axes = element._fullLayout;
    const whole = [-EDGE, EDGE];
    return [axes?.xaxis?.range?.slice() ?? whole, axes?.yaxis?.range?.slice() ?? whole];
  }

  // The largest topics are named first, where the fewest dots are under the name; one that finds no room beside the
  // others is left to the list below.
  function labels(element, made, { chosen, answered }, colours, [x, y]) {
    const { width, height } = element.getBoundingClientRect();
    const pen = document.createElement("canvas").getContext("2d");
    pen.font = "600 12.5px system-ui, sans-serif";
    const across = (place) => ((place - x[0]) / (x[1] - x[0])) * width;
    const down = (place) => (1 - (place - y[0]) / (y[1] - y[0])) * height;
    const dots = made.x.map((place, passage) => [across(place), down(made.y[passage]), 1]);
    for (const passage of answered) dots[passage][2] = STAR;
    const taken = [];
    const order = made.topics.map((_, number) => number).sort((one, other) => (other === chosen) - (one === chosen));
    return order.flatMap((number) => {
      const { x: atX, y: atY, words: [name] } = made.topics[number];
      const [middle, level] = [across(atX), down(atY)];
      if (!name || made.topics.length < 2 || middle < 0 || middle > width || level < 0 || level > height) return [];
      const half = pen.measureText(name).width / 2 + 5;
      const centre = Math.max(half, Math.min(width - half, middle));
      const rooms = STEPS.map((step) => ({ step, box: [centre - half, level + step - LINE / 2, centre + half, level + step + LINE / 2] }))
        .filter(({ box }) => box[1] > 0 && box[3] < height && !taken.some((one) => overlap(box, one)))
        .map((room) => ({ ...room, covered: Math.abs(room.step) / LINE + dots.reduce((sum, [left, top, weight]) => sum + (inside(left, top, room.box) ? weight : 0), 0) }));
      if (!rooms.length) return [];
      const { step, box } = rooms.reduce((best, room) => room.covered < best.covered ? room : best);
      taken.push(box);
      return [{
        x: atX, y: atY, xshift: centre - middle, yshift: -step, text: plain(name), showarrow: false, captureevents: false, borderpad: 0,
        font: { size: 12.5, weight: 600, color: colours.ink }, opacity: chosen === null || chosen === number ? 1 : 0.4,
      }];
    });
  }

  const overlap = (one, other) => one[0] < other[2] && one[2] > other[0] && one[1] < other[3] && one[3] > other[1];
  const inside = (left, top, box) => left > box[0] && left < box[2] && top > box[1] && top < box[3];

  function zoom(element, nearer) {
    const factor = nearer ? NEARER : 1 / NEARER;
    const [x, y] = view(element).map(([from, to]) => {
      const half = Math.min(EDGE, ((to - from) / 2) * factor);
      const middle = Math.max(half - EDGE, Math.min(EDGE - half, (from + to) / 2));
      return [middle - half, middle + half];
    });
    Plotly.relayout(element, { "xaxis.range": x, "yaxis.range": y });
  }

  const whole = (element) => Plotly.relayout(element, { "xaxis.range": [-EDGE, EDGE], "yaxis.range": [-EDGE, EDGE] });

  function listen(element, listeners) {
    for (const [name, listener] of Object.entries(listeners)) {
      element.removeAllListeners(name);
      element.on(name, listener);
    }
  }

  return { load, bars, map, choose, zoom, whole, fit: (element) => element._fullLayout && Plotly.Plots.resize(element) };
})();
