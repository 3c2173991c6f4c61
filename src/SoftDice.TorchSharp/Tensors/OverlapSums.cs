using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;

using TorchSharp;

using static TorchSharp.torch;

namespace SoftDice.Torch;

/// <summary>
/// The sums that an overlap is made of, as autograd knows them: predictions (B, C, pixels), class indices or null, targets or null, valid pixels or
/// null, and the options. It gives (sets, 4, C): intersections, false negatives, false positives and target sums. Nothing but its arguments is kept
/// for the backward pass, which is made of operations that have derivatives themselves.
/// </summary>
internal sealed class OverlapSums : autograd.SingleTensorFunction<OverlapSums>
{
    private const string Options = "options";

    public override string Name => nameof(OverlapSums);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ctx.save_for_backward([.. vars.Take(4).Cast<Tensor>()]);
        ctx.save_data(Options, vars[4]);
        ctx.set_materialize_grads(false);
        return new OverlapPass((SoftDiceOptions)vars[4], (Tensor)vars[0], (Tensor?)vars[1], (Tensor?)vars[2], (Tensor?)vars[3]).Sums();
    }

    [SuppressMessage(
        "Design", "CA1031:Do not catch general exception types", Justification = "Native code called this, and an exception would end the process.")]
    public override List<Tensor> backward(autograd.AutogradContext ctx, Tensor grad_output)
    {
        using DisposeScope scope = NewDisposeScope();
        try
        {
            if (grad_output is null || grad_output.IsInvalid)
            {
                return [null!, null!, null!, null!, null!];
            }

            List<Tensor> saved = ctx.get_saved_variables();
            OverlapPass pass = new((SoftDiceOptions)ctx.get_data(Options), saved[0], saved[1], saved[2], saved[3]);
            return [HandedOver.Keep(pass.Gradient(grad_output)), null!, null!, null!, null!];
        }
        catch (Exception exception)
        {
            return [BackwardFailure.Report(exception), null!, null!, null!, null!];
        }
    }
}
