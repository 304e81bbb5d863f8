"""Rewrite an exported model so that its products with weights are products of 8-bit numbers.

Used by export_encoder.py and export_checker.py, in the environment that those tell of.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

OPSET = 20
# 7 of the 8 bits: processors without VNNI add two products in 16 bits, and 2 · 255 · 63 still fits.
WEIGHT_LIMIT = 63
# Products with fewer columns, a classifier's, cost nothing and stay as they are.
FEWEST_COLUMNS = 64

Inputs = dict[str, NDArray[np.int64]]


def to_onnx(module: Any, path: Path, outputs: list[str]) -> Path:
    """Write a torch module that takes ids, mask and types as fp32 ONNX for any batch and length, and tidy it."""
    import torch

    names = ["input_ids", "attention_mask", "token_type_ids"]
    batch, length = torch.export.Dim("batch"), torch.export.Dim("length", max=512)
    torch.onnx.export(
        module.eval(),
        tuple(torch.ones(2, 16, dtype=torch.int64) for _ in names),
        path,
        input_names=names,
        output_names=outputs,
        dynamic_shapes=[{0: batch, 1: length}] * len(names),
        opset_version=OPSET,
        dynamo=True,
        external_data=False,
    )
    return tidied(path)


def tidied(exported: Path) -> Path:
    """Fold constants, so that each weight matrix is one tensor and stands on the right of its product."""
    from onnxruntime.quantization.shape_inference import quant_pre_process  # type: ignore[import-untyped]

    prepared = exported.with_name("prepared.onnx")
    quant_pre_process(exported, prepared, skip_symbolic_shape=True)
    return prepared


def largest_inputs(exported: Path, samples: Iterable[Inputs]) -> dict[str, NDArray[np.float32]]:
    """For each tensor that meets weights: the largest size of each of its channels on the samples."""
    import onnx
    import onnxruntime  # type: ignore[import-untyped]

    model = onnx.load(exported)
    names = sorted({node.input[0] for node in weighted_products(model)})
    outputs = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names]
    model.graph.output.extend(outputs)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    largest: dict[str, NDArray[np.float32]] = {}
    for inputs in samples:
        for name, value in zip(names, session.run(names, inputs), strict=True):
            here = np.abs(value).max(axis=(0, 1))
            largest[name] = np.maximum(largest.get(name, here), here)
    return largest


def quantise(exported: Path, path: Path, largest: dict[str, NDArray[np.float32]]) -> None:
    """Write `exported` with 8-bit weights, and products of 8-bit numbers in place of those with weights.

    onnxruntime's quantize_dynamic takes one scale for a whole batch, so that a text's vector depends on its
    neighbours (cosine down to 0.957). Here each token has its own scale, and a vector does not depend on the
    batch. Channels with large numbers hand some of their size to the weights first (Xiao et al., SmoothQuant,
    arXiv:2211.10438), which halves the error.
    """
    import onnx

    model = onnx.load(exported)
    weights = {tensor.name: onnx.numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    products = weighted_products(model)
    factors = {
        name: smoothing(largest[name], [weights[node.input[1]] for node in products if node.input[0] == name])
        for name in largest
    }
    graph = Rewriting(onnx, weights)
    for node in model.graph.node:
        if node in products:
            graph.product(node, factors[node.input[0]])
        elif node.op_type == "Gather" and node.input[0].endswith("word_embeddings.weight"):
            graph.lookup(node)
        else:
            graph.nodes.append(node)
    graph.store(model)
    onnx.checker.check_model(model)
    onnx.save(model, path)


class Rewriting:
    """The nodes and constants of the quantised graph as they come about."""

    def __init__(self, onnx: Any, weights: dict[str, NDArray[Any]]) -> None:
        self.onnx = onnx
        self.nodes: list[Any] = []
        self._constants = dict(weights)
        # -127…127 is stored as 1…255 around 128: unsigned times signed is what processors multiply fast.
        self._constants["unit_scale"] = np.array(1 / 127, np.float32)
        self._constants["unit_zero"] = np.array(128, np.uint8)
        self._constants["last_axis"] = np.array([-1], np.int64)
        self._constants["tiny"] = np.array(1e-12, np.float32)
        self._quantised: set[str] = set()

    def product(self, node: Any, factors: NDArray[np.float32]) -> None:
        """A product with weights: both sides to 8 bits, multiply, scale back token by token."""
        tensor, weight, output = node.input[0], node.input[1], node.output[0]
        if tensor not in self._quantised:
            self._quantise_tokens(tensor, factors)
        whole, scales = to_integers(self._constants[weight] * factors[:, None], WEIGHT_LIMIT, axis=0)
        self._constants |= {f"{weight}_int8": whole, f"{weight}_scales": scales}
        multiplied = ["unit_scale", f"{weight}_scales", "unit_zero"]
        self._add(
            "MatMulIntegerToFloat",
            [f"{tensor}_uint8", f"{weight}_int8", *multiplied],
            f"{output}_unit",
            domain="com.microsoft",
        )
        self._add("Mul", [f"{output}_unit", f"{tensor}_largest"], output)

    def lookup(self, node: Any) -> None:
        """The table of word vectors: 8 bits, with one scale a word."""
        table, ids = node.input
        output = node.output[0]
        whole, scales = to_integers(self._constants[table], 127, axis=1)
        self._constants |= {f"{table}_int8": whole, f"{table}_scales": scales[:, None]}
        self._add("Gather", [f"{table}_int8", ids], f"{output}_int8")
        self._add("Cast", [f"{output}_int8"], f"{output}_whole", to=self.onnx.TensorProto.FLOAT)
        self._add("Gather", [f"{table}_scales", ids], f"{output}_scales")
        self._add("Mul", [f"{output}_whole", f"{output}_scales"], output)

    def store(self, model: Any) -> None:
        """Put the nodes and the constants still in use into `model`."""
        used = {name for node in self.nodes for name in node.input}
        make = self.onnx.numpy_helper.from_array
        graph = model.graph
        for field in (graph.node, graph.initializer, graph.value_info):
            del field[:]
        graph.node.extend(self.nodes)
        graph.initializer.extend(make(value, name) for name, value in self._constants.items() if name in used)
        # The exporter notes where in the source each node came from, paths of the machine included.
        for thing in (model, graph, *graph.node):
            del thing.metadata_props[:]
        for node in graph.node:
            node.doc_string = ""
        if not any(entry.domain == "com.microsoft" for entry in model.opset_import):
            model.opset_import.append(self.onnx.helper.make_opsetid("com.microsoft", 1))

    def _quantise_tokens(self, tensor: str, factors: NDArray[np.float32]) -> None:
        """Smooth the channels, divide each token by its largest number, go to 8 bits."""
        self._quantised.add(tensor)
        self._constants[f"{tensor}_factors"] = 1 / factors
        self._add("Mul", [tensor, f"{tensor}_factors"], f"{tensor}_smooth")
        self._add("Abs", [f"{tensor}_smooth"], f"{tensor}_sizes")
        self._add("ReduceMax", [f"{tensor}_sizes", "last_axis"], f"{tensor}_largest_or_0", keepdims=1)
        self._add("Max", [f"{tensor}_largest_or_0", "tiny"], f"{tensor}_largest")
        self._add("Div", [f"{tensor}_smooth", f"{tensor}_largest"], f"{tensor}_unit")
        self._add("QuantizeLinear", [f"{tensor}_unit", "unit_scale", "unit_zero"], f"{tensor}_uint8")

    def _add(self, operation: str, inputs: list[str], output: str, **attributes: Any) -> None:
        self.nodes.append(self.onnx.helper.make_node(operation, inputs, [output], f"make_{output}", **attributes))


def weighted_products(model: Any) -> list[Any]:
    """The matrix products whose right side is weights."""
    constants = {tensor.name: tensor for tensor in model.graph.initializer}
    products = [node for node in model.graph.node if node.op_type == "MatMul" and node.input[1] in constants]
    return [node for node in products if constants[node.input[1]].dims[1] >= FEWEST_COLUMNS]


def smoothing(largest: NDArray[np.float32], weights: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    """What to divide each channel by: large where the inputs are large and the weights small."""
    largest_weights = np.abs(np.stack(weights)).max(axis=(0, 2))
    factors = np.sqrt(np.maximum(largest, 1e-4) / np.maximum(largest_weights, 1e-4))
    centred: NDArray[np.float32] = (factors / np.exp(np.log(factors).mean())).astype(np.float32)
    return centred


def to_integers(values: NDArray[np.float32], limit: int, *, axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Whole numbers of at most `limit` and the scales that lead back; one scale for each line along `axis`."""
    scales = np.maximum(np.abs(values).max(axis=axis, keepdims=True), 1e-12) / limit
    return np.rint(values / scales).astype(np.int8), scales.squeeze(axis).astype(np.float32)
