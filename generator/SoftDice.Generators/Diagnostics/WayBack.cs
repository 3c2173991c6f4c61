using System.Collections.Immutable;
using System.Linq;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace SoftDice.Generators.Diagnostics;

/// <summary>The way back from a call to what was last written to the variable that is its predictions.</summary>
/// <remarks>
/// It goes over the statements before, in the block of the call and in those around it, and ends where anything could have written to the variable in
/// between: then nothing is known. A loop around the call counts as a whole, as all of it may come before.
/// </remarks>
internal sealed class WayBack
{
    private readonly LossCall _call;
    private readonly ISymbol _variable;
    private readonly IOperation _root;

    private WayBack(LossCall call, ISymbol variable)
    {
        _call = call;
        _variable = variable;
        _root = call.Operation;
        while (_root.Parent is not null)
        {
            _root = _root.Parent;
        }
    }

    /// <summary>The call that made what the variable holds, if that is known to be an activation.</summary>
    /// <param name="call">The call that takes the predictions.</param>
    /// <param name="variable">The variable that they are in.</param>
    /// <param name="owner">The method that the call is in, without regard to functions in it.</param>
    public static IInvocationOperation? FindActivation(LossCall call, ISymbol variable, ISymbol owner)
    {
        WayBack way = new(call, variable);
        return way.IsPlain(owner) ? way.Find() : null;
    }

    private IInvocationOperation? Find()
    {
        bool isAgain = false;
        bool isInert = true;
        for (IOperation step = _call.Operation; step.Parent is IOperation parent; step = parent)
        {
            ImmutableArray<IOperation> statements = StatementsOf(parent);
            for (int i = statements.IndexOf(step) - 1; i >= 0; i--)
            {
                if (ActivationIn(statements[i]) is (IInvocationOperation activation, bool isNew))
                {
                    return isNew || isInert || Ownership.IsAlone(_variable, _root) ? activation : null;
                }

                if (!IsHarmless(statements[i], isAgain: true))
                {
                    return null;
                }

                isInert = isInert && Inert.Is(statements[i], except: null);
            }

            isAgain |= parent is ILoopOperation;
            if (statements.IsEmpty && !IsHarmless(parent, isAgain))
            {
                return null;
            }

            isInert = isInert && (!statements.IsEmpty || Inert.Is(parent, isAgain ? null : _call.Operation));
        }

        return null;
    }

    // Jumps, and functions that run at another time, make another order than that of the statements; a pointer may be to anything.
    private bool IsPlain(ISymbol owner)
    {
        IOperation? function = FunctionAround(_call.Operation);
        ISymbol home = function switch
        {
            IAnonymousFunctionOperation lambda => lambda.Symbol,
            ILocalFunctionOperation local => local.Symbol,
            _ => owner,
        };
        return SymbolEqualityComparer.Default.Equals(home, _variable.ContainingSymbol) &&
            Mentions.Of(_variable, _root).All(mention => FunctionAround(mention) == function) &&
            !_root.Descendants().Any(operation =>
                operation is IBranchOperation { BranchKind: BranchKind.GoTo } || operation.Type is IPointerTypeSymbol || IsReference(operation));
    }

    // By a reference, the variable itself may get other memory.
    private bool IsReference(IOperation operation) =>
        operation is IVariableDeclaratorOperation { Symbol: { RefKind: not RefKind.None } other } &&
        SymbolEqualityComparer.Default.Equals(other.Type, (_variable as ILocalSymbol)?.Type ?? (_variable as IParameterSymbol)?.Type);

    private bool IsHarmless(IOperation code, bool isAgain) => code is not (IAnonymousFunctionOperation or ILocalFunctionOperation) &&
        Mentions.Of(_variable, code).All(mention => Mentions.KindOf(mention) == Mention.Read || (!isAgain && IsInCall(mention)));

    // The call may write over its own predictions, as a gradient in their place does.
    private bool IsInCall(IOperation mention)
    {
        IOperation? argument = mention;
        while (argument is not null and not IArgumentOperation)
        {
            argument = argument.Parent;
        }

        return argument is IArgumentOperation { Value: var value } && argument.Parent == _call.Operation && IsVariable(Mentions.VariableOf(value));
    }

    private (IInvocationOperation Activation, bool IsNew)? ActivationIn(IOperation statement) => statement switch
    {
        IUsingDeclarationOperation declaration => ActivationIn(declaration.DeclarationGroup),
        IVariableDeclarationGroupOperation { Declarations.Length: 1 } group
            when group.Declarations[0].Declarators.Length == 1 && group.Declarations[0].Declarators[0] is { } declarator &&
                IsVariable(declarator.Symbol) && declarator.GetVariableInitializer() is { } initializer => ResultIn(initializer.Value),
        IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { IsRef: false } assignment }
            when IsVariable(Mentions.SymbolOf(assignment.Target)) => ResultIn(assignment.Value),
        IExpressionStatementOperation { Operation: IInvocationOperation call }
            when Activations.Filling(call) is var (source, destination) && IsVariable(Mentions.VariableOf(destination)) && IsWhole(source) => (call, false),
        _ => null,
    };

    private static (IInvocationOperation Activation, bool IsNew)? ResultIn(IOperation value) =>
        Mentions.Inside(value) is IInvocationOperation call && Activations.GivesResult(call) ? (call, Activations.IsNew(call)) : null;

    // Of a part, the destination may hold other things after it.
    private bool IsWhole(IOperation source) => Mentions.Inside(source) switch
    {
        ILocalReferenceOperation { Local: var local } => !_root.Descendants().Any(operation => IsPart(Given(operation, local))),
        IParameterReferenceOperation { Parameter: var parameter } => !_root.Descendants().Any(operation => IsPart(Given(operation, parameter))),
        IFieldReferenceOperation or IPropertyReferenceOperation { Property.IsIndexer: false } => true,
        _ => false,
    };

    // What a variable is given by some code.
    private static IOperation? Given(IOperation code, ISymbol variable) => code switch
    {
        IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, variable) => declarator.GetVariableInitializer()?.Value,
        ISimpleAssignmentOperation assignment when SymbolEqualityComparer.Default.Equals(Mentions.SymbolOf(assignment.Target), variable) => assignment.Value,
        _ => null,
    };

    private static bool IsPart(IOperation? value) => value is not null && value.DescendantsAndSelf().Any(operation =>
        operation.Type is { Name: "Range" } || operation is IInvocationOperation { TargetMethod.Name: "Slice" or "Take" or "Skip" } or
            IInvocationOperation { TargetMethod.Name: "AsSpan", Arguments.Length: > 1 });

    private bool IsVariable(ISymbol? symbol) => SymbolEqualityComparer.Default.Equals(symbol, _variable);

    private static ImmutableArray<IOperation> StatementsOf(IOperation operation) => operation switch
    {
        IBlockOperation block => block.Operations,
        ISwitchCaseOperation section => section.Body,
        IUsingOperation statement => [statement.Resources, statement.Body],
        _ => [],
    };

    private static IOperation? FunctionAround(IOperation operation)
    {
        IOperation? around = operation.Parent;
        while (around is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation)
        {
            around = around.Parent;
        }

        return around;
    }
}
