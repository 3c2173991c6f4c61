using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;

using TorchSharp;

using static TorchSharp.torch;

namespace SoftDice.Torch;

/// <summary>A loss by the generated kernels, as autograd knows it: predictions, labels, mask or null, batch size and the call.</summary>
internal sealed class KernelFunction : autograd.SingleTensorFunction<KernelFunction>
{
    private const string Sums = "sums";
    private const string Call = "call";
    private const string BatchSize = "batchSize";

    public override string Name => nameof(KernelFunction);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        LossInputs inputs = new((Tensor)vars[0], (Tensor)vars[1], (Tensor?)vars[2], (int)vars[3]);
        LossCall call = (LossCall)vars[4];
        Tensor losses = call.Kernels.Forward(inputs, call.Threads, out object? sums);
        ctx.save_for_backward(inputs.Mask is null ? [inputs.Predictions, inputs.Labels] : [inputs.Predictions, inputs.Labels, inputs.Mask]);
        ctx.save_data(Sums, sums);
        ctx.save_data(Call, call);
        ctx.save_data(BatchSize, inputs.BatchSize);

        // A gradient that is missing would be made of a tensor that the scope of the forward pass has disposed of.
        ctx.set_materialize_grads(false);
        return call.Shaped(losses, inputs);
    }

    [SuppressMessage(
        "Design", "CA1031:Do not catch general exception types", Justification = "Native code called this, and an exception would end the process.")]
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using DisposeScope scope = NewDisposeScope();
        try
        {
            Tensor? gradient = grad_output is null || grad_output.IsInvalid ? null : HandedOver.Keep(Gradient(ctx, grad_output));
            return [gradient!, null!, null!, null!, null!];
        }
        catch (Exception exception)
        {
            return [BackwardFailure.Report(exception), null!, null!, null!, null!];
        }
    }

    private static Tensor Gradient(autograd.AutogradContext ctx, Tensor upstream)
    {
        List<Tensor> saved = ctx.get_saved_variables();
        LossInputs inputs = new(saved[0], saved[1], saved.Count > 2 ? saved[2] : null, (int)ctx.get_data(BatchSize));
        LossCall call = (LossCall)ctx.get_data(Call);

        // Autograd wants a derivative of the gradient: the kernels have none, and tensor operations do.
        return is_grad_enabled()
            ? autograd.grad([call.OfTensors(inputs)], [inputs.Predictions], [upstream], retain_graph: true, create_graph: true)[0]
            : call.Kernels.Backward(inputs, ctx.get_data(Sums), upstream, call.Threads);
    }
}
