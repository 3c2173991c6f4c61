using System.Collections.Generic;

namespace SoftDice.Generators.Tests;

/// <summary>Predictions that are probabilities already, for a loss that makes probabilities of them.</summary>
internal static partial class Mistakes
{
    /// <summary>A file with two losses, and members of a class that calls them.</summary>
    public static string CallsOfLosses(string members) =>
        $$"""
        using System;
        using System.Numerics.Tensors;
        using SoftDice;
        using TorchSharp;

        namespace Demo;

        [SoftDiceLoss(NumClasses = 1, Activation = SoftDiceActivation.Sigmoid)]
        internal partial class BinaryLoss;

        [SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax)]
        internal partial class TissueLoss;

        [SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Mask = true)]
        internal partial class MaskedLoss;

        [SoftDiceLoss(NumClasses = 3, Activation = SoftDiceActivation.Softmax, Reduction = SoftDiceReduction.None)]
        internal partial class ClassLosses;

        [SoftDiceLoss(NumClasses = 3)]
        internal partial class PlainLoss;

        internal static class User
        {
            static int All => BinaryLoss.NumClasses + TissueLoss.NumClasses + MaskedLoss.NumClasses + ClassLosses.NumClasses + PlainLoss.NumClasses;
            {{members}}
        }
        """;

    private static Dictionary<string, Mistake> OfActivations() => new()
    {
        ["SDG023 Forward"] = OnArrays("TensorPrimitives.Sigmoid(logits, p); return BinaryLoss.Forward([|p|], labels, 1);", "TensorPrimitives.Sigmoid", "Sigmoid"),
        ["SDG023 SoftMax"] = OnArrays("TensorPrimitives.SoftMax(logits, p); return TissueLoss.Forward([|p|], labels, 1);", "TensorPrimitives.SoftMax", "Softmax"),
        ["SDG023 sigmoids for a softmax"] =
            OnArrays("TensorPrimitives.Sigmoid(logits, p); return TissueLoss.Forward([|p|], labels, 1);", "TensorPrimitives.Sigmoid", "Softmax"),
        ["SDG023 in place"] = OnArrays(
            "TensorPrimitives.Sigmoid(logits, logits); return BinaryLoss.Forward([|logits|], labels, 1);", "TensorPrimitives.Sigmoid", "Sigmoid", "logits"),
        ["SDG023 ForwardBackward"] = OnArrays(
            "TensorPrimitives.Sigmoid(logits, p); return BinaryLoss.ForwardBackward([|p|], labels, logits, 1);", "TensorPrimitives.Sigmoid", "Sigmoid"),
        ["SDG023 gradient in place"] = OnArrays(
            "TensorPrimitives.Sigmoid(logits, p); return BinaryLoss.ForwardBackward([|p|], labels, p, 1);", "TensorPrimitives.Sigmoid", "Sigmoid"),
        ["SDG023 Accumulate and Backward"] = OnArrays(
            """
            BinaryLoss.Sums sums = default;
            TensorPrimitives.Sigmoid(logits, p);
            BinaryLoss.Accumulate(ref sums, [|p|], labels, 1);
            BinaryLoss.Backward(in sums, [|p|], labels, logits, 1);
            return sums.Loss();
            """,
            "TensorPrimitives.Sigmoid",
            "Sigmoid",
            times: 2),
        ["SDG023 named arguments"] = OnArrays(
            "TensorPrimitives.Sigmoid(destination: p, x: logits); return BinaryLoss.Forward(labels: (ReadOnlySpan<byte>)labels, batchSize: 1, predictions: [|p|]);",
            "TensorPrimitives.Sigmoid",
            "Sigmoid"),
        ["SDG023 spans over the array"] = OnArrays(
            "TensorPrimitives.Sigmoid<float>(logits.AsSpan(), p.AsSpan()); return BinaryLoss.Forward<byte>([|p.AsSpan()|], labels.AsSpan(), 1);",
            "TensorPrimitives.Sigmoid",
            "Sigmoid"),
        ["SDG023 a mask"] = OnArrays(
            "TensorPrimitives.SoftMax(logits, p); return MaskedLoss.Forward([|p|], labels, new bool[labels.Length], 1);",
            "TensorPrimitives.SoftMax",
            "Softmax",
            loss: "MaskedLoss"),
        ["SDG023 without reduction"] = OnArrays(
            "TensorPrimitives.SoftMax(logits, p); ClassLosses.Forward([|p|], labels, new double[3], 1); return 0;",
            "TensorPrimitives.SoftMax",
            "Softmax",
            loss: "ClassLosses"),
        ["SDG023 reads and other work in between"] = OnArrays(
            """
            TensorPrimitives.Sigmoid(logits, p);
            byte[] threes = Array.ConvertAll(labels, label => (byte)(label % 3));
            logits[0] = p[0] + p.Length + TensorPrimitives.Sum(p);
            Array.Clear(logits);
            return BinaryLoss.Forward([|p|], threes, 1);
            """,
            "TensorPrimitives.Sigmoid",
            "Sigmoid"),
        ["SDG023 in a branch, a try, a loop and a switch"] = OnArrays(
            """
            TensorPrimitives.Sigmoid(logits, p);
            if (labels.Length > 3)
            {
                try
                {
                    for (int i = 0; i < 3; i++)
                    {
                        switch (i)
                        {
                            case 1:
                                Console.WriteLine(i);
                                return BinaryLoss.Forward([|p|], labels, 1);
                        }
                    }
                }
                finally
                {
                    Console.WriteLine(p[0]);
                }
            }

            return 0;
            """,
            "TensorPrimitives.Sigmoid",
            "Sigmoid"),
        ["SDG023 both in a loop"] = OnArrays(
            """
            double sum = 0;
            for (int epoch = 0; epoch < 10; epoch++)
            {
                Array.Fill(p, epoch);
                TensorPrimitives.Sigmoid(logits, p);
                sum += 2 * BinaryLoss.Forward([|p|], labels, 1);
                p[0] = 3;
            }

            return sum;
            """,
            "TensorPrimitives.Sigmoid",
            "Sigmoid"),
        ["SDG023 both in a lambda"] = Members(
            """
            static Func<float[], byte[], double> M() => (logits, labels) =>
            {
                float[] p = new float[logits.Length];
                TensorPrimitives.Sigmoid(logits, p);
                return BinaryLoss.Forward([|p|], labels, 1);
            };
            """,
            IsActivated("TensorPrimitives.Sigmoid", "'p'", "BinaryLoss", "Sigmoid")),
        ["SDG023 spans of a caller"] = Members(
            """
            static double M(ReadOnlySpan<float> logits, Span<float> p, ReadOnlySpan<byte> labels)
            {
                TensorPrimitives.Sigmoid(logits, p);
                int batchSize = 1 + labels.Length - labels.Length;
                return Math.Max(0, BinaryLoss.Forward([|p|], labels, batchSize));
            }
            """,
            IsActivated("TensorPrimitives.Sigmoid", "'p'", "BinaryLoss", "Sigmoid")),
        ["SDG023 memory of the stack"] = Members(
            """
            static double M(ReadOnlySpan<float> logits, ReadOnlySpan<byte> labels)
            {
                Span<float> p = stackalloc float[64];
                TensorPrimitives.Sigmoid(logits, p);
                GC.Collect();
                return BinaryLoss.Forward([|p|], labels, 1);
            }
            """,
            IsActivated("TensorPrimitives.Sigmoid", "'p'", "BinaryLoss", "Sigmoid")),
        ["SDG023 a tensor"] = Members(
            """
            static double M(Tensor<float> logits, Tensor<byte> labels)
            {
                Tensor<float> p = Tensor.Sigmoid<float>(logits);
                Console.WriteLine(labels.FlattenedLength);
                return BinaryLoss.Forward<byte>([|p|], labels);
            }
            """,
            IsActivated("Tensor.Sigmoid", "'p'", "BinaryLoss", "Sigmoid")),
        ["SDG023 a module of torch"] = Torch("torch.Tensor p = x.softmax(1); Console.WriteLine(p.NumberOfElements); return module.call([|p|], y);", "Tensor.softmax"),
        ["SDG023 a function of torch"] = Torch("var p = torch.nn.functional.softmax(x, 1); return module.forward([|p|], y);", "functional.softmax"),
        ["SDG023 another function of torch"] = Torch("torch.Tensor p; p = torch.softmax(x, 1); y.add_(0); return module.call([|p|], y);", "torch.softmax"),
        ["SDG023 a special function of torch"] = Torch("using var p = torch.special.softmax(x, 1); return module.call([|p|], y);", "special.softmax"),
        ["SDG023 a statement that disposes"] = Torch("using (var p = x.sigmoid()) { return module.call([|p|], y); }", "Tensor.sigmoid"),
        ["SDG023 torch without a variable"] = Torch("return module.call([|torch.sigmoid(x)|], y);", "torch.sigmoid", "What is passed"),
        ["SDG023 a layer of torch"] = Torch("return module.call([|torch.nn.Softmax(1).call(x)|], y);", "Softmax.call", "What is passed"),
        ["SDG023 a function of torch in place"] = Torch(
            "var p = torch.nn.functional.sigmoid(x, true); return module.call([|p|], y);", "functional.sigmoid"),
        ["SDG023 a variable of torch written again"] = Torch("x = x.softmax(1); return module.call([|x|], y);", "Tensor.softmax", "'x'"),
    };

    private static Mistake OnArrays(string body, string activation, string option, string variable = "p", string? loss = null, int times = 1) => Members(
        $"static double M(float[] logits, byte[] labels)\n{{\nfloat[] p = new float[logits.Length];\n{body}\n}}",
        [.. System.Linq.Enumerable.Repeat(
            IsActivated(activation, $"'{variable}'", loss ?? (option == "Sigmoid" ? "BinaryLoss" : "TissueLoss"), option), times)]);

    private static Mistake Torch(string body, string activation, string what = "'p'") => Members(
        "static readonly SoftDiceLossModule<TissueLoss, TissueLoss.Sums> module = new();\n" +
        $"static torch.Tensor M(torch.Tensor x, torch.Tensor y) {{ {body} }}",
        IsActivated(activation, what, "TissueLoss", "Softmax"));

    private static Mistake Members(string members, params (string Id, string Message)[] expected) => new(CallsOfLosses(members), expected)
    {
        References = [GeneratorHarness.Tensors, .. TorchReferences.All],
    };

    private static (string Id, string Message) IsActivated(string activation, string what, string loss, string option) => (
        "SDG023",
        $"{what} went through {activation}, and '{loss}' has an Activation = {option} of its own; pass what {activation} was given, or write Activation = None");
}
