using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;

using TorchSharp;

using static TorchSharp.torch;

namespace SoftDice.Torch;

/// <summary>
/// The terms beside the overlap, weighted, as autograd knows them: the arguments are those of <see cref="OverlapSums"/>. It gives one number; nothing
/// but its arguments is kept for the backward pass, which is made of operations that have derivatives themselves.
/// </summary>
internal sealed class TermSums : autograd.SingleTensorFunction<TermSums>
{
    private const string Options = "options";

    public override string Name => nameof(TermSums);

    public override Tensor forward(autograd.AutogradContext ctx, params object[] vars)
    {
        ctx.save_for_backward([.. vars.Take(4).Cast<Tensor>()]);
        ctx.save_data(Options, vars[4]);
        ctx.set_materialize_grads(false);
        return PassOf((SoftDiceOptions)vars[4], [.. vars.Take(4).Cast<Tensor>()]).Loss();
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
            Tensor gradient = PassOf((SoftDiceOptions)ctx.get_data(Options), saved).Gradient() * grad_output.to(saved[0].dtype);
            return [HandedOver.Keep(gradient), null!, null!, null!, null!];
        }
        catch (Exception exception)
        {
            return [BackwardFailure.Report(exception), null!, null!, null!, null!];
        }
    }

    private static TermPass PassOf(SoftDiceOptions options, List<Tensor> of) =>
        options.Activation == SoftDiceActivation.Sigmoid ? new SigmoidTerms(options, of[0], of[1], of[2], of[3])
        : options.Labels == SoftDiceLabels.OneHot ? new TargetTerms(options, of[0], of[2])
        : new SoftmaxTerms(options, of[0], of[1], of[3]);
}
