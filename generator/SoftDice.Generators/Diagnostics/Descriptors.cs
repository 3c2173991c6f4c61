using Microsoft.CodeAnalysis;

namespace SoftDice.Generators.Diagnostics;

/// <summary>The catalogue of what a user can get wrong.</summary>
/// <remarks>
/// An error is one that no configuration turns off: it stands for code that would be missing, or would compute something other than what was asked
/// for. A warning stands for code that does what it says, and is hardly meant so; a project may turn it off, or make it an error.
/// </remarks>
internal static class Descriptors
{
    /// <summary>As in Directory.Build.props.</summary>
    internal const string RepositoryUrl = "https://github.com/softdice/SoftDice.Generators";

    private const string Category = "SoftDice";
    private const string Prefix = "SDG";
    private const string HelpLink = RepositoryUrl + "/blob/main/docs/diagnostics.md";

    /// <summary>'TissueLoss' has [SoftDiceLoss] but is not partial; add 'partial' so that its loss can be generated into it</summary>
    public static readonly DiagnosticDescriptor TypeNotPartial = Error(
        "SDG001",
        "The annotated type is not partial",
        "'{0}' has [SoftDiceLoss] but is not partial; add 'partial' so that its loss can be generated into it");

    /// <summary>'Model' contains 'TissueLoss', which has [SoftDiceLoss], but is not partial; add 'partial' to 'Model'</summary>
    public static readonly DiagnosticDescriptor ContainerNotPartial = Error(
        "SDG002",
        "A type around the annotated type is not partial",
        "'{1}' contains '{0}', which has [SoftDiceLoss], but is not partial; add 'partial' to '{1}'");

    /// <summary>'TissueLoss' is in 'Model', which is file-local; no other file can add to it: remove 'file'</summary>
    public static readonly DiagnosticDescriptor FileLocal = Error(
        "SDG003",
        "The annotated type is file-local",
        "The loss of '{0}' cannot be generated, because '{1}' is file-local and no other file can add to it; remove 'file'");

    /// <summary>[SoftDiceLoss] says nothing about the number of classes; write NumClasses = 1 to 4096</summary>
    public static readonly DiagnosticDescriptor NumClassesMissing = Error(
        "SDG004",
        "The number of classes is missing",
        "[SoftDiceLoss] on '{0}' does not say how many classes there are; write [SoftDiceLoss(NumClasses = ...)], 1 to 4096");

    /// <summary>NumClasses of 'TissueLoss' is 0; it must be 1 to 4096</summary>
    public static readonly DiagnosticDescriptor NumClassesOutOfRange = Error(
        "SDG005",
        "The number of classes is out of range",
        "NumClasses of '{0}' is {1}; it must be 1 to 4096");

    /// <summary>Epsilon of 'TissueLoss' is -1; it must be finite and not negative, and is 1e-5 if left out</summary>
    public static readonly DiagnosticDescriptor EpsilonInvalid = Error(
        "SDG006",
        "The smoothing is not a finite number of at least 0",
        "Epsilon of '{0}' is {1}; it must be finite and not negative, and is 1e-5 if left out");

    /// <summary>The loss of 'TissueLoss' needs C# 14 or newer, but this project is compiled as C# 12; remove LangVersion</summary>
    public static readonly DiagnosticDescriptor LanguageTooOld = Error(
        "SDG007",
        "The language version is too old",
        "The loss of '{0}' needs C# 14, the default for .NET 10, but this project is compiled as C# {1}; remove LangVersion or raise it");

    /// <summary>'TissueLoss' has [SoftDiceLoss] more than once; keep one</summary>
    public static readonly DiagnosticDescriptor AttributeRepeated = Error(
        "SDG008",
        "The attribute is there more than once",
        "'{0}' has [SoftDiceLoss] more than once, on one part or on several; keep one and remove this one");

    /// <summary>The generated loss of 'TissueLoss' has a member 'Sums', and the name is already taken; rename yours</summary>
    public static readonly DiagnosticDescriptor NameTaken = Error(
        "SDG009",
        "The name of a generated member is taken",
        "The generated loss of '{0}' has a member '{1}', but that name is already taken here; rename it");

    /// <summary>Labels of type 'double' are not supported here; use byte or float</summary>
    public static readonly DiagnosticDescriptor LabelTypeUnsupported = Error(
        "SDG010",
        "The type of the labels is not supported",
        "Labels of type '{0}' are not supported here; use {1}");

    /// <summary>Activation of 'TissueLoss' is 7; it must be None, Softmax or Sigmoid</summary>
    public static readonly DiagnosticDescriptor ActivationInvalid = Error(
        "SDG011",
        "There is no such activation",
        "Activation of '{0}' is {1}; it must be None, Softmax or Sigmoid");

    /// <summary>Labels of 'TissueLoss' is 7; it must be ClassIndex or OneHot</summary>
    public static readonly DiagnosticDescriptor LabelsInvalid = Error(
        "SDG012",
        "There is no such kind of labels",
        "Labels of '{0}' is {1}; it must be ClassIndex or OneHot");

    /// <summary>Form of 'TissueLoss' is 7; it must be NegativeLog, OneMinus or Negative</summary>
    public static readonly DiagnosticDescriptor NoSuchValue = Error(
        "SDG013",
        "There is no such value of an option",
        "{1} of '{0}' is {2}; it must be {3}");

    /// <summary>Gamma of 'TissueLoss' is 0; it must be finite and above 0</summary>
    public static readonly DiagnosticDescriptor NumberOutOfRange = Error(
        "SDG014",
        "A number is out of its range",
        "{1} of '{0}' is {2}; it must be {3}");

    /// <summary>ClassWeights of 'TissueLoss' has 2 weights for 3 classes; give one for each class</summary>
    public static readonly DiagnosticDescriptor ClassWeightsWrong = Error(
        "SDG015",
        "The class weights are wrong",
        "ClassWeights of '{0}' {1}");

    /// <summary>ExcludedClasses of 'TissueLoss' has 3, which is no class; classes are 0 to 2</summary>
    public static readonly DiagnosticDescriptor ExcludedClassesWrong = Error(
        "SDG016",
        "The excluded classes are wrong",
        "ExcludedClasses of '{0}' {1}");

    /// <summary>'TissueLoss' leaves out every class, of which there are 1; leave one in</summary>
    public static readonly DiagnosticDescriptor NoClassLeft = Error(
        "SDG017",
        "No class is left",
        "'{0}' leaves out every class, of which there are {1}, so that nothing adds to the loss; leave one in");

    /// <summary>Gamma of 'TissueLoss' is a power of 1 - d; write Form = SoftDiceForm.OneMinus too, or remove it</summary>
    public static readonly DiagnosticDescriptor DoesNotFit = Error(
        "SDG018",
        "An option does not go with the others",
        "{1} of '{0}' {2}");

    /// <summary>Labels of type 'byte' cannot be -1, the IgnoreIndex of 'TissueLoss', so that no pixel would be ignored</summary>
    public static readonly DiagnosticDescriptor NothingIgnored = Error(
        "SDG020",
        "The labels cannot be the ignored one",
        "Labels of type '{0}' cannot be {1}, the IgnoreIndex of '{2}', so that no pixel would be ignored; use labels of another type, or another IgnoreIndex");

    /// <summary>NumClasses of 'TissueLoss' is made of 'OrganLoss.NumClasses', which is generated itself; write the number, or a constant of your own</summary>
    public static readonly DiagnosticDescriptor ConstantIsGenerated = Error(
        "SDG021",
        "An option is made of a generated constant",
        "{1} of '{0}' is made of '{2}', which is generated itself and not there yet when options are read; write the number, or a constant of your own");

    /// <summary>Nothing uses 'TissueLoss', and nothing outside of this project can; call its members, remove it or make it public</summary>
    public static readonly DiagnosticDescriptor NeverUsed = Warning(
        "SDG022",
        "The annotated type is never used",
        "Nothing uses '{0}', and nothing outside of this project can; call its members, remove it or make it public",
        WellKnownDiagnosticTags.CompilationEnd);

    /// <summary>'probabilities' went through TensorPrimitives.Sigmoid, and 'TissueLoss' has an Activation = Sigmoid; pass logits</summary>
    public static readonly DiagnosticDescriptor ActivatedTwice = Warning(
        "SDG023",
        "Predictions are activated twice",
        "{0} went through {1}, and '{2}' has an Activation = {3} of its own; pass what {1} was given, or write Activation = None");

    /// <summary>CrossEntropy of 'TissueLoss' is computed from logits, and without an activation predictions are probabilities; pass logits</summary>
    public static readonly DiagnosticDescriptor TermNotComputed = Error(
        "SDG030",
        "A term cannot be computed with the other options",
        "{1} of '{0}' {2}");

    /// <summary>LabelSmoothing of 'TissueLoss' is about the cross-entropy, and there is none; give CrossEntropy a weight above 0 or remove it</summary>
    public static readonly DiagnosticDescriptor TermMissing = Error(
        "SDG031",
        "An option is about a term that there is not",
        "{1} of '{0}' {2}");

    /// <summary>CrossEntropyClassWeights of 'TissueLoss' has 2 weights for 3 classes; give one for each class</summary>
    public static readonly DiagnosticDescriptor TermWeightsWrong = Error(
        "SDG032",
        "The class weights of a term are wrong",
        "{1} of '{0}' {2}");

    /// <summary>LabelSmoothing of 'TissueLoss' is 1; it must be at least 0 and below 1</summary>
    public static readonly DiagnosticDescriptor LabelSmoothingOutOfRange = Error(
        "SDG033",
        "The label smoothing is out of range",
        "LabelSmoothing of '{0}' is {1}; it must be at least 0 and below 1");

    /// <summary>WassersteinDistances of 'TissueLoss' has 4 distances for 3 classes; give one for each pair of a label and a class, 9</summary>
    public static readonly DiagnosticDescriptor DistancesWrong = Error(
        "SDG038",
        "The distances between classes are wrong",
        "WassersteinDistances of '{0}' {1}");

    private static DiagnosticDescriptor Error(string id, string title, string message) =>
        Create(DiagnosticSeverity.Error, id, title, message, WellKnownDiagnosticTags.NotConfigurable);

    private static DiagnosticDescriptor Warning(string id, string title, string message, params string[] tags) =>
        Create(DiagnosticSeverity.Warning, id, title, message, tags);

    private static DiagnosticDescriptor Create(DiagnosticSeverity severity, string id, string title, string message, params string[] tags) => new(
        id,
        title,
        message,
        Category,
        severity,
        isEnabledByDefault: true,
        description: null,
        helpLinkUri: HelpLink + "#sdg" + id.Substring(Prefix.Length),
        customTags: tags);
}
