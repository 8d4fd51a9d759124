"""Lets a language model write the prose of an answer, and holds each of its sentences to the evidence."""
