using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

namespace SoftDice.Generators.Text;

/// <summary>The gradient where each element has its own: of probabilities, and through a sigmoid.</summary>
internal static class ElementwiseGradientText
{
    // Without an activation the gradient does not depend on the prediction, and each value is written without a look at it.
    public static string Loop(KernelPlan plan)
    {
        bool isSigmoid = plan.Options.Activation == Activation.Sigmoid;
        string logits = isSigmoid
            ? "\n    ref float logits = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(image.Slice(c * pixels));"
            : string.Empty;
        string factor = isSigmoid
            ? " * global::SoftDice.Kernels.Activations.SigmoidSlope(TLanes.Load(in logits, pixel))"
            : string.Empty;
        return plan.Options.IsOneHot
            ? $$"""
              int pixels = image.Length / NumClasses;
              for (int c = 0; c < NumClasses; c++)
              {
                  (float other, float step) = {{AggregateText.SlopesCall(plan.Options)}};
                  TLanes otherSlope = TLanes.Broadcast(other), slopeStep = TLanes.Broadcast(step);{{logits}}
                  ref TLabel targets = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(labels.Slice(c * pixels));
                  ref float plane = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(gradient.Slice(c * pixels));
                  for (nuint pixel = (nuint)firstPixel; pixel < (nuint)endPixel; pixel += (nuint)TLanes.Count)
                  {
                      TLanes slope = TLanes.MultiplyAdd(TLanes.LoadTargets(in targets, pixel), slopeStep, otherSlope);
                      TLanes.Store(slope{{factor}}, ref plane, pixel, bypassCache);
                  }
              }
              """
            : $$"""
              int pixels = image.Length / NumClasses;
              ref TLabel firstLabel = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(labels);
              for (int c = 0; c < NumClasses; c++)
              {
                  (float own, float other) = {{AggregateText.SlopesCall(plan.Options)}};
                  TLanes ownSlope = TLanes.Broadcast(own), otherSlope = TLanes.Broadcast(other);{{logits}}
                  ref float plane = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(gradient.Slice(c * pixels));
                  for (nuint pixel = (nuint)firstPixel; pixel < (nuint)endPixel; pixel += (nuint)TLanes.Count)
                  {
                      TLanes label = TLanes.LoadLabels(in firstLabel, pixel);
                      TLanes slope = TLanes.SelectWhere(label, {{(plan.Options.IsBinary ? "1" : "c")}}, ownSlope, otherSlope);
                      TLanes.Store(slope{{factor}}, ref plane, pixel, bypassCache);
                  }
              }
              """;
    }
}
