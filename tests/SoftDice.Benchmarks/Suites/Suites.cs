using SoftDice.Benchmarks.Ratios;

namespace SoftDice.Benchmarks.Suites;

/// <summary>The loss of probabilities.</summary>
public class ForwardProbabilities() : LossSuite(LossMode.ForwardProbabilities);

/// <summary>The loss of logits through softmax.</summary>
public class ForwardLogits() : LossSuite(LossMode.ForwardLogits);

/// <summary>The loss and the gradient with respect to probabilities.</summary>
public class ForwardBackwardProbabilities() : LossSuite(LossMode.ForwardBackwardProbabilities);

/// <summary>The loss and the gradient with respect to logits.</summary>
public class ForwardBackwardLogits() : LossSuite(LossMode.ForwardBackwardLogits);
