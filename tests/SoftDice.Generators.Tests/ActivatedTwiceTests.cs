using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>Predictions of which it is not certain that they are probabilities, and those that may be.</summary>
public sealed class ActivatedTwiceTests
{
    private const string Sigmoid = "TensorPrimitives.Sigmoid(logits, p);\n";
    private const string Loss = "\nreturn BinaryLoss.Forward(p, labels, 1);";

    /// <summary>Bodies of a method that has logits, labels, an array p of its own, and one other of the caller's.</summary>
    private static readonly Dictionary<string, string> OnArrays = new()
    {
        ["logits"] = "return BinaryLoss.Forward(logits, labels, 1);",
        ["the source of the activation"] = Sigmoid + "return BinaryLoss.Forward(logits, labels, 1);",
        ["a loss of probabilities"] = Sigmoid + "return PlainLoss.Forward(p, labels, 1);",
        ["another function"] = "TensorPrimitives.Tanh(logits, p);" + Loss,
        ["a part of the destination"] = "TensorPrimitives.Sigmoid(logits, p.AsSpan(4));" + Loss,
        ["a part of the source"] = "TensorPrimitives.Sigmoid(logits.AsSpan(0, 4), p);" + Loss,
        ["a part of the source by another name"] = "float[] few = logits[..2];\nTensorPrimitives.Sigmoid(few, p);" + Loss,
        ["a part of the source by a span"] = "Span<float> few = logits.AsSpan().Slice(0, 2);\nTensorPrimitives.Sigmoid(few, p);" + Loss,
        ["a part of the source of later"] = "float[] few = logits; few = logits[1..];\nTensorPrimitives.Sigmoid(few, p);" + Loss,
        ["another array in an argument before"] =
            Sigmoid + "return BinaryLoss.Forward(batchSize: (p = logits).Length / logits.Length, predictions: p, labels: labels);",
        ["numbers of a conversion of somebody's"] = Sigmoid + "return BinaryLoss.Forward((ReadOnlySpan<float>)(Undone)p, labels, 1);",
        ["two names for one new array"] =
            "float[] q, t;\nt = q = new float[4];\nTensorPrimitives.Sigmoid(logits, q);\nt[0] = 1;\nreturn BinaryLoss.Forward(q, labels, 1);",
        ["the array of the caller, and a static constructor"] =
            "TensorPrimitives.Sigmoid(logits, other);\nint n = Evil.Number;\nreturn BinaryLoss.Forward(other, labels, n);",
        ["the array of the caller, and the text of an object"] =
            "TensorPrimitives.Sigmoid(logits, other);\nConsole.WriteLine(new object());\nreturn BinaryLoss.Forward(other, labels, 1);",
        ["the array of the caller, and the text of an object in a text"] =
            "object o = new();\nTensorPrimitives.Sigmoid(logits, other);\nstring s = $\"{o}\";\nreturn BinaryLoss.Forward(other, labels, 1);",
        ["a pointer of before"] =
            "unsafe { IntPtr q = Pointer(p);\n" + Sigmoid + "((float*)q)[0] = 3;" + Loss + " }",
        ["a part of the predictions"] = Sigmoid + "return BinaryLoss.Forward(p.AsSpan(1), labels, 1);",
        ["an element written"] = Sigmoid + "p[0] = 4;" + Loss,
        ["an element added to"] = Sigmoid + "p[0] += 4;" + Loss,
        ["an element counted up"] = Sigmoid + "p[0]++;" + Loss,
        ["an element of a reference"] = Sigmoid + "ref float first = ref p[0]; first = 3;" + Loss,
        ["elements swapped"] = Sigmoid + "(p[0], p[1]) = (logits[1], logits[0]);" + Loss,
        ["all elements written"] = Sigmoid + "TensorPrimitives.Log(p, p);" + Loss,
        ["written by a method"] = Sigmoid + "Array.Clear(p);" + Loss,
        ["written through a span"] = "Span<float> s = p;\n" + Sigmoid + "s.Fill(3);" + Loss,
        ["written through a span of later"] = Sigmoid + "Span<float> s = p; s.Fill(3);" + Loss,
        ["written through a slice"] = Sigmoid + "p.AsSpan(2).Fill(3);" + Loss,
        ["written through another variable"] = "float[] q = p;\n" + Sigmoid + "q[0] = 3;" + Loss,
        ["written through another variable, by a method"] = "float[] q = p;\n" + Sigmoid + "Array.Fill(q, 3);" + Loss,
        ["written through a pointer"] = Sigmoid + "unsafe { fixed (float* f = p) { f[0] = 3; } }" + Loss,
        ["written through what it is locked by"] = Sigmoid + "Array.Clear((float[])p.SyncRoot);" + Loss,
        ["written through memory"] = "Memory<float> m = p;\n" + Sigmoid + "m.Span.Clear();" + Loss,
        ["written through a field"] = "kept = p;\n" + Sigmoid + "Change();" + Loss,
        ["written by a function inside"] = Sigmoid + "Change(); void Change() => p[0] = 3;" + Loss,
        ["written by a lambda"] = "Action change = () => p[0] = 3;\n" + Sigmoid + "change();" + Loss,
        ["another array"] = Sigmoid + "p = logits;" + Loss,
        ["another array by reference"] = Sigmoid + "Other(ref p);" + Loss,
        ["another array by out"] = Sigmoid + "New(out p);" + Loss,
        ["another array by a reference of before"] = "ref float[] r = ref p;\n" + Sigmoid + "r = logits;" + Loss,
        ["another array in parentheses"] = Sigmoid + "(p, other) = (other, p);" + Loss,
        ["activated in a branch"] = "if (labels.Length > 3) { TensorPrimitives.Sigmoid(logits, p); }" + Loss,
        ["activated in a conditional loop"] = "while (labels.Length > 3) { TensorPrimitives.Sigmoid(logits, p); break; }" + Loss,
        ["activated in the other branch"] =
            "if (labels.Length > 3) { TensorPrimitives.Sigmoid(logits, p); } else { return BinaryLoss.Forward(p, labels, 1); } return 0;",
        ["written in a branch"] = Sigmoid + "if (labels.Length > 3) { logits.CopyTo(p, 0); }" + Loss,
        ["written in a condition"] = Sigmoid + "if (Change(p)) { return BinaryLoss.Forward(p, labels, 1); } return 0;",
        ["written in a loop"] = Sigmoid + "for (int i = 0; i < p.Length; i++) { p[i] = logits[i]; }" + Loss,
        ["written later in a loop"] =
            Sigmoid + "for (int i = 0; i < 3; i++) { Console.WriteLine(BinaryLoss.Forward(p, labels, 1)); logits.AsSpan().CopyTo(p); } return 0;",
        ["written by the call itself, in a loop"] =
            Sigmoid + "double sum = 0; for (int i = 0; i < 3; i++) { sum += BinaryLoss.ForwardBackward(p, labels, p, 1); } return sum;",
        ["written in the step of a loop"] = Sigmoid + "for (int i = 0; i < 3; Change(p)) { return BinaryLoss.Forward(p, labels, 1); } return 0;",
        ["written in a try"] = Sigmoid + "try { Change(p); } catch (Exception) { return BinaryLoss.Forward(p, labels, 1); } return 0;",
        ["written in a finally"] = Sigmoid + "try { Console.WriteLine(); } finally { Change(p); }" + Loss,
        ["written in a switch"] = Sigmoid + "switch (labels.Length) { case 1: Change(p); break; }" + Loss,
        ["written in an argument"] = Sigmoid + "return BinaryLoss.Forward(p, Labels(p, labels), 1);",
        ["written in an expression before"] = Sigmoid + "return Labels(p, labels).Length + BinaryLoss.Forward(p, labels, 1);",
        ["a jump"] = "goto Start;\nActivated:\n" + Sigmoid + "Start:" + Loss.Replace("1)", "1) + 0") + "\ngoto Activated;",
        ["a jump over the activation"] = "if (labels.Length > 3) { goto End; }\n" + Sigmoid + "End:" + Loss,
        ["a lambda"] = Sigmoid + "Func<double> f = () => BinaryLoss.Forward(p, labels, 1); Change(p); return f();",
        ["a function inside"] = Sigmoid + "return F(); double F() => BinaryLoss.Forward(p, labels, 1);",
        ["the array of the caller, and other code"] =
            "TensorPrimitives.Sigmoid(logits, other);\nChange();\nreturn BinaryLoss.Forward(other, labels, 1);",
        ["the array of the caller, and another array"] =
            "TensorPrimitives.Sigmoid(logits, other);\nlogits[0] = 3;\nreturn BinaryLoss.Forward(other, labels, 1);",
        ["an array of a method"] = "float[] q = Get();\nTensorPrimitives.Sigmoid(logits, q);\nChange();\nreturn BinaryLoss.Forward(q, labels, 1);",
        ["an array of arrays"] = "foreach (float[] q in new[] { p }) { TensorPrimitives.Sigmoid(logits, q); Change(); return BinaryLoss.Forward(q, labels, 1); } return 0;",
        ["a field"] = "TensorPrimitives.Sigmoid(logits, kept);\nreturn BinaryLoss.Forward(kept, labels, 1);",
        ["an overload of the user's own"] = Sigmoid + "return OwnLoss.Forward(p, labels) + OwnLoss.Forward<byte>(p, labels);",
        ["a loss that nobody knows"] = Sigmoid + "return Any<BinaryLoss, BinaryLoss.Sums>(p, labels);",
        ["the user's own class of that name"] = "Mine.TensorPrimitives.Sigmoid(logits, p);" + Loss,
        ["an activation that is not reached by its end"] = "for (int i = 0; i < 2; i++)\n" + Sigmoid + Loss,
        ["a method of tensors that gives nothing"] = "_ = Tensor.Sigmoid<float>(Tensor.Create(logits));" + Loss,
    };

    /// <summary>Bodies of a method that has tensors x and y, and a module.</summary>
    private static readonly Dictionary<string, string> OnTorch = new()
    {
        ["logits"] = "return module.call(x, y);",
        ["logarithms"] = "return module.call(x.log_softmax(1), y);",
        ["a loss of probabilities"] = "return plain.call(x.softmax(1), y);",
        ["written in place"] = "var p = x.softmax(1); p.log_(); return module.call(p, y);",
        ["written through a view"] = "var p = x.softmax(1); p.view(-1).log_(); return module.call(p, y);",
        ["written through an element"] = "var p = x.softmax(1); p[0] = 3; return module.call(p, y);",
        ["written through another variable"] = "var p = x.softmax(1); var q = p; q.log_(); return module.call(p, y);",
        ["written by a method"] = "var p = x.softmax(1); Change(p); return module.call(p, y);",
        ["written through what it is in place of"] = "var p = torch.nn.functional.sigmoid(x, true); x.log_(); return module.call(p, y);",
        ["written through what a layer has it in place of"] = "var p = torch.nn.Sigmoid(true).call(x); x.log_(); return module.call(p, y);",
        ["another tensor"] = "var p = x.softmax(1); p = x; return module.call(p, y);",
        ["another tensor by a reference"] = "var p = x; ref torch.Tensor r = ref p; p = x.softmax(1); r = x; return module.call(p, y);",
        ["another tensor in a branch"] = "var p = x.softmax(1); if (y.requires_grad) { p = x; } return module.call(p, y);",
        ["a condition"] = "return module.call(y.requires_grad ? x.softmax(1) : x, y);",
        ["the labels"] = "return module.call(x, y.softmax(1));",
        ["in place"] = "var p = x.sigmoid_(); return module.call(p, y);",
        ["a module that nobody knows"] = "torch.nn.Module<torch.Tensor, torch.Tensor, torch.Tensor> any = module; return any.call(x.softmax(1), y);",
        ["another module"] = "return torch.nn.CrossEntropyLoss().call(x.softmax(1), y);",
        ["more after it"] = "return module.call(x.softmax(1).log(), y);",
    };

    public static TheoryData<string> ArrayNames => [.. OnArrays.Keys];

    public static TheoryData<string> TorchNames => [.. OnTorch.Keys];

    [Theory]
    [MemberData(nameof(ArrayNames))]
    public async Task What_is_not_certain_of_an_array_is_not_reported(string name) => await AssertSilent(
        $$"""
        static float[] kept = [];
        static void Change() => kept[0] = 3;
        static bool Change(Span<float> values) { values[0] = 3; return true; }
        static void Other(ref float[] values) => values = [];
        static void New(out float[] values) => values = [];
        static unsafe IntPtr Pointer(Span<float> values) { fixed (float* first = values) { return (IntPtr)first; } }
        readonly struct Undone(float[] values)
        {
            public static implicit operator Undone(float[] values) => new(values);
            public static implicit operator ReadOnlySpan<float>(Undone undone) => undone.Logits();
            private float[] Logits() => Array.ConvertAll(values, p => MathF.Log(p / (1 - p)));
        }
        static class Evil { public static readonly int Number = 1; static Evil() => Change(); }
        static float[] Get() => kept;
        static byte[] Labels(Span<float> values, byte[] labels) { values[0] = 3; return labels; }
        static double Any<TLoss, TSums>(float[] p, byte[] labels) where TLoss : ISoftDiceLoss<TSums> where TSums : struct, ISoftDiceSums<TSums> =>
            TLoss.Forward<byte>(p, labels, 1);
        static double M(float[] logits, byte[] labels, float[] other)
        {
            float[] p = new float[logits.Length];
            {{OnArrays[name]}}
        }
        """);

    [Theory]
    [MemberData(nameof(TorchNames))]
    public async Task What_is_not_certain_of_a_tensor_is_not_reported(string name) => await AssertSilent(
        $$"""
        static readonly SoftDiceLossModule<TissueLoss, TissueLoss.Sums> module = new();
        static readonly SoftDiceLossModule<PlainLoss, PlainLoss.Sums> plain = new();
        static void Change(torch.Tensor tensor) => tensor.log_();
        static torch.Tensor M(torch.Tensor x, torch.Tensor y) { {{OnTorch[name]}} }
        """);

    private static async Task AssertSilent(string members)
    {
        const string More =
            """

            namespace Demo
            {
                [SoftDice.SoftDiceLoss(NumClasses = 1, Activation = SoftDice.SoftDiceActivation.Sigmoid)]
                internal partial class OwnLoss
                {
                    public static double Forward(float[] predictions, byte[] labels) => 0;
                    public static double Forward<T>(System.ReadOnlySpan<float> predictions, System.ReadOnlySpan<T> labels) => 0;
                    public static int Twice => 2 * NumClasses;
                }
                internal static class Uses { public static int Twice => OwnLoss.Twice; }
            }
            namespace Mine
            {
                internal static class TensorPrimitives { public static void Sigmoid(float[] x, float[] destination) => x.CopyTo(destination, 0); }
            }
            """;
        CSharpCompilation compilation = GeneratorHarness.Compile(Mistakes.CallsOfLosses(members), More)
            .AddReferences([GeneratorHarness.Tensors, .. TorchReferences.All]);
        GeneratorRun run = GeneratorHarness.Run(compilation.WithOptions(compilation.Options.WithAllowUnsafe(true)));

        // What does not compile would prove nothing; labels that nothing jumps to and the like are only warnings.
        Assert.Empty(run.Output.GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error));
        Assert.Empty((await AnalyzerHarness.Analyze(run.Output)).Select(AnalyzerHarness.Describe));
    }
}
