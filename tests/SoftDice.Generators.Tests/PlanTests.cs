using System;
using System.Collections.Generic;
using System.Linq;

using SoftDice.Generators.Model;
using SoftDice.Generators.Plan;

using Xunit;

namespace SoftDice.Generators.Tests;

/// <summary>Options in, plan out: no compiler, no text.</summary>
public sealed class PlanTests
{
    // Groups are written first class + size x repeats.
    [Theory]
    [InlineData(1, "0+1x1", null, "probabilities_f32_c1_chain16")]
    [InlineData(2, "0+2x1", null, "probabilities_f32_c2_chain16")]
    [InlineData(3, "0+3x1", null, "probabilities_f32_c3_chain16")]
    [InlineData(4, "0+4x1", null, "probabilities_f32_c4_chain16")]
    [InlineData(5, "0+3x1 3+2x1", 65536, "probabilities_f32_c5_g3x1_2x1_chain16_tile65536")]
    [InlineData(6, "0+3x2", 65536, "probabilities_f32_c6_g3x2_chain16_tile65536")]
    [InlineData(7, "0+4x1 4+3x1", 65536, "probabilities_f32_c7_g4x1_3x1_chain16_tile65536")]
    [InlineData(8, "0+4x2", 65536, "probabilities_f32_c8_g4x2_chain16_tile65536")]
    [InlineData(9, "0+3x3", 65536, "probabilities_f32_c9_g3x3_chain16_tile65536")]
    [InlineData(19, "0+4x4 16+3x1", 65536, "probabilities_f32_c19_g4x4_3x1_chain16_tile65536")]
    [InlineData(150, "0+4x36 144+3x2", 65536, "probabilities_f32_c150_g4x36_3x2_chain16_tile65536")]
    [InlineData(4096, "0+4x1024", 65536, "probabilities_f32_c4096_g4x1024_chain16_tile65536")]
    public void Options_give_a_plan(int numClasses, string groups, int? tilePixels, string name)
    {
        KernelPlan plan = PlanFor(numClasses);

        Assert.Equal(groups, string.Join(' ', plan.Groups.Select(group => $"{group.FirstClass}+{group.Size}x{group.Repeats}")));
        Assert.Equal(tilePixels, plan.TilePixels);
        Assert.Equal(16, plan.ChainTurns);
        Assert.Equal(name, plan.Name);
    }

    [Theory]
    [InlineData(1, "one class", 2, 1)]
    [InlineData(3, "all 3 classes at a time", 6, 3)]
    [InlineData(6, "6 classes, 3 at a time 2 times, over tiles of 65536 pixels", 6, 3)]
    [InlineData(19, "19 classes, 4 at a time 4 times and 3 at a time once, over tiles of 65536 pixels", 8, 4)]
    public void A_plan_explains_itself(int numClasses, string classes, int sums, int counts)
    {
        string[] lines = [.. PlanFor(numClasses).Explain()];

        Assert.Equal(3, lines.Length);
        Assert.Equal(classes, lines[0]);
        Assert.StartsWith($"accumulators in registers: {sums} float sums and {counts} integer count", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("float sums of", lines[2], StringComparison.Ordinal);
        Assert.Contains(" 16 turns, then double", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public void Smoothing_changes_no_decision()
    {
        KernelPlan plan = KernelPlanner.Plan(new LossOptions(19, 0.5));

        Assert.Equal(PlanFor(19), plan with { Options = PlanFor(19).Options });
        Assert.Equal(0.5, plan.Options.Epsilon);
    }

    [Theory]
    [InlineData(1, 1024)]
    [InlineData(3, 1024)]
    [InlineData(30, 1024)]
    [InlineData(31, 992)]
    [InlineData(150, 208)]
    [InlineData(2046, 16)]
    [InlineData(4096, 16)]
    public void An_activation_takes_a_tile_that_stays_in_the_cache(int numClasses, int pixels)
    {
        foreach (Activation activation in new[] { Activation.Softmax, Activation.Sigmoid })
        {
            KernelPlan plan = KernelPlanner.Plan(new LossOptions(numClasses, LossOptions.DefaultEpsilon, activation));
            string name = activation == Activation.Softmax ? "softmax" : "sigmoid";
            Assert.Equal(pixels, plan.ScratchPixels);
            Assert.StartsWith($"{name}_f32_c{numClasses}_scratch{pixels}", plan.Name, StringComparison.Ordinal);
            Assert.StartsWith($"{name} of {pixels} pixels at a time", plan.Explain().First(), StringComparison.Ordinal);
        }

        Assert.Null(PlanFor(numClasses).ScratchPixels);
    }

    [Fact]
    public void Groups_cover_every_class_once_and_are_as_equal_as_can_be()
    {
        for (int numClasses = 1; numClasses <= LossOptions.MaxNumClasses; numClasses++)
        {
            KernelPlan plan = PlanFor(numClasses);
            List<int> classes = [];
            foreach (ClassGroup group in plan.Groups)
            {
                Assert.Equal(classes.Count, group.FirstClass);
                classes.AddRange(Enumerable.Range(group.FirstClass, group.Size * group.Repeats));
                Assert.Equal(classes.Count, group.EndClass);
            }

            Assert.Equal(Enumerable.Range(0, numClasses), classes);
            Assert.InRange(plan.Groups.Count, 1, 2);
            Assert.All(plan.Groups, group => Assert.InRange(group.Size, 1, KernelPlanner.MostClassesInRegisters));
            Assert.InRange(plan.Groups.Max(group => group.Size) - plan.Groups.Min(group => group.Size), 0, 1);

            // As few groups as possible; one alone needs no tiles.
            int groups = plan.Groups.Sum(group => group.Repeats);
            Assert.Equal((numClasses + KernelPlanner.MostClassesInRegisters - 1) / KernelPlanner.MostClassesInRegisters, groups);
            Assert.Equal(groups > 1, plan.TilePixels is not null);
        }
    }

    private static KernelPlan PlanFor(int numClasses) => KernelPlanner.Plan(new LossOptions(numClasses, LossOptions.DefaultEpsilon));
}
