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
    [InlineData(1, "0+1x1", 65536, "probabilities_f32_c1_chain16_part65536")]
    [InlineData(3, "0+3x1", 65536, "probabilities_f32_c3_chain16_part65536")]
    [InlineData(4, "0+4x1", 65536, "probabilities_f32_c4_chain16_part65536")]
    [InlineData(5, "0+3x1 3+2x1", 65536, "probabilities_f32_c5_g3x1_2x1_w5x1_chain16_part65536")]
    [InlineData(6, "0+3x2", 65536, "probabilities_f32_c6_g3x2_w6x1_chain16_part65536")]
    [InlineData(8, "0+4x2", 65536, "probabilities_f32_c8_g4x2_chain16_part65536")]
    [InlineData(9, "0+3x3", 65536, "probabilities_f32_c9_g3x3_w5x1_4x1_chain16_part65536")]
    [InlineData(19, "0+4x4 16+3x1", 65536, "probabilities_f32_c19_g4x4_3x1_w7x1_6x2_chain16_part65536")]
    [InlineData(150, "0+4x36 144+3x2", 55872, "probabilities_f32_c150_g4x36_3x2_w7x18_6x4_chain16_part55872")]
    [InlineData(4096, "0+4x1024", 2048, "probabilities_f32_c4096_g4x1024_w7x580_6x6_chain16_part2048")]
    public void Options_give_a_plan(int numClasses, string groups, int partPixels, string name)
    {
        KernelPlan plan = PlanFor(numClasses);

        Assert.Equal(groups, string.Join(' ', plan.Groups.Select(group => $"{group.FirstClass}+{group.Size}x{group.Repeats}")));
        Assert.Equal(partPixels, plan.PartPixels);
        Assert.Equal(16, plan.ChainTurns);
        Assert.Equal(name, plan.Name);
    }

    [Theory]
    [InlineData(1, "one class", "2 float sums and 1 integer count,")]
    [InlineData(3, "all 3 classes at a time", "6 float sums and 3 integer counts,")]
    [InlineData(6, "6 classes, 3 at a time 2 times; 6 at a time once where vectors have 16 lanes, in NearMemory", "6 float sums and 3 integer counts, or 12 and 6,")]
    [InlineData(8, "8 classes, 4 at a time 2 times", "8 float sums and 4 integer counts,")]
    [InlineData(19, "19 classes, 4 at a time 4 times and 3 at a time once; 7 at a time once and 6 at a time 2 times where vectors have 16 lanes, in NearMemory", "8 float sums and 4 integer counts, or 14 and 7,")]
    public void A_plan_explains_itself(int numClasses, string classes, string accumulators)
    {
        KernelPlan plan = PlanFor(numClasses);
        string[] lines = [.. plan.Explain()];

        Assert.Equal(4, lines.Length);
        Assert.Equal(classes, lines[0]);
        Assert.StartsWith($"accumulators in registers: {accumulators}", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("float sums of at most 16 turns, then double; one trip through the predictions", lines[2], StringComparison.Ordinal);
        Assert.Equal($"parts of {plan.PartPixels} pixels, each on one thread", lines[3]);
    }

    [Fact]
    public void Targets_are_summed_instead_of_counted()
    {
        KernelPlan plan = KernelPlanner.Plan(new LossOptions(3, LossOptions.DefaultEpsilon, Labels: LabelKind.OneHot));

        Assert.Equal("probabilities_onehot_f32_c3_chain16_part65536", plan.Name);
        Assert.StartsWith("accumulators in registers: 9 float sums,", plan.Explain().ElementAt(1), StringComparison.Ordinal);
        Assert.Equal(PlanFor(3), plan with { Options = PlanFor(3).Options });
    }

    [Theory]
    [InlineData(LabelKind.ClassIndex, "probabilities_f32_c3_fn_fp_chain16_part65536", "9 float sums and 3 integer counts,")]
    [InlineData(LabelKind.OneHot, "probabilities_onehot_f32_c3_fn_fp_chain16_part65536", "12 float sums,")]
    public void Errors_are_summed_apart_if_they_are_weighed(object labels, string name, string accumulators)
    {
        LossOptions options = new(3, LossOptions.DefaultEpsilon, Labels: (LabelKind)labels);
        KernelPlan plan = KernelPlanner.Plan(options with { Cost = new ClassCost(Overlap.Tversky, Alpha: 0.3, Beta: 0.7) });

        Assert.True(plan.SplitsMisses);
        Assert.Equal(name, plan.Name);
        Assert.StartsWith($"accumulators in registers: {accumulators}", plan.Explain().ElementAt(1), StringComparison.Ordinal);
        Assert.False(KernelPlanner.Plan(options with { Cost = new ClassCost(Overlap.Tversky) }).SplitsMisses);
    }

    [Fact]
    public void What_is_summed_is_in_the_name()
    {
        LossOptions options = new(3, LossOptions.DefaultEpsilon);
        Assert.Equal(
            "probabilities_f32_c3_squared_chain16_part65536",
            KernelPlanner.Plan(options with { Cost = new ClassCost(SquaredDenominator: true) }).Name);
        Assert.Equal(
            "probabilities_onehot_f32_c3_min_fn_fp_chain16_part65536",
            KernelPlanner.Plan(options with
            {
                Labels = LabelKind.OneHot,
                Cost = new ClassCost(Overlap.Tversky, Alpha: 0.3, Beta: 0.7, Intersection: Intersection.Minimum),
            }).Name);
    }

    [Fact]
    public void Smoothing_changes_no_decision()
    {
        KernelPlan plan = KernelPlanner.Plan(new LossOptions(19, 0.5));

        Assert.Equal(PlanFor(19), plan with { Options = PlanFor(19).Options });
        Assert.Equal(0.5, plan.Options.Epsilon);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(5, 4080)]
    [InlineData(16, 4080)]
    [InlineData(19, 3440)]
    [InlineData(150, 432)]
    [InlineData(4096, 16)]
    public void Classes_side_by_side_are_turned_into_planes_of_an_odd_number_of_lines_that_stay_in_the_cache(int numClasses, int pixels)
    {
        // Squares are nothing that is added row by row.
        LossOptions options = new(numClasses, 1e-5, Activation.Softmax) { Layout = Layout.ChannelsLast, Cost = new ClassCost { SquaredDenominator = true } };
        KernelPlan plan = KernelPlanner.Plan(options);

        Assert.Equal(pixels, plan.StagedPixels);
        Assert.Equal(pixels > 0, plan.Name.Contains($"_turned{pixels}_", StringComparison.Ordinal));
        Assert.Equal(pixels > 0, plan.Explain().Any(line => line.StartsWith($"classes side by side: {pixels} pixels", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Classes_side_by_side_that_share_the_registers_are_taken_apart_there(int numClasses)
    {
        LossOptions options = new(numClasses, 1e-5, Activation.Softmax) { Layout = Layout.ChannelsLast };
        KernelPlan plan = KernelPlanner.Plan(options);

        Assert.True(plan.SplitsPixels);
        Assert.Equal(0, plan.StagedPixels);
        Assert.Contains("_split_", plan.Name, StringComparison.Ordinal);
        Assert.Contains("classes side by side: taken apart in the registers", plan.Explain());

        // What the loops have no way for is made planes.
        KernelPlan[] staged =
        [
            KernelPlanner.Plan(options with { Labels = LabelKind.OneHot }),
            KernelPlanner.Plan(options with { ElementType = ElementType.Half }),
            KernelPlanner.Plan(options with { Activation = Activation.Sigmoid, Focal = new Focal(Factor: 1) }),
            KernelPlanner.Plan(options with { NumClasses = 5 }),
        ];
        Assert.All(staged, other => Assert.True(!other.SplitsPixels && other.StagedPixels > 0));
        Assert.False(KernelPlanner.Plan(options with { Layout = Layout.ChannelsFirst }).SplitsPixels);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void Few_probabilities_side_by_side_are_added_as_they_lie(int numClasses)
    {
        LossOptions options = new(numClasses, 1e-5) { Layout = Layout.ChannelsLast };
        KernelPlan plan = KernelPlanner.Plan(options);

        Assert.True(plan.SplitsSums);
        Assert.True(plan.CountsBytesApart);
        Assert.Contains("classes side by side: added up as they lie, their sums taken apart; labels that are bytes counted apart", plan.Explain());
        KernelPlan ignoring = KernelPlanner.Plan(options with { IgnoreIndex = 0, HasMask = true });
        Assert.True(ignoring.SplitsSums);
        Assert.False(ignoring.CountsBytesApart);
        Assert.Contains("classes side by side: added up as they lie, their sums taken apart", ignoring.Explain());
        Assert.False(KernelPlanner.Plan(options with { Activation = Activation.Softmax }).CountsBytesApart);
        Assert.False(KernelPlanner.Plan(options with { Activation = Activation.Softmax }).SplitsSums);
        Assert.False(KernelPlanner.Plan(options with { Activation = Activation.Sigmoid }).SplitsSums);
        Assert.False(KernelPlanner.Plan(options with { Layout = Layout.ChannelsFirst }).SplitsSums);
    }

    [Fact]
    public void A_focal_slope_comes_by_a_call_where_a_loop_over_many_classes_has_more_beside_it()
    {
        LossOptions options = new(5, 1e-5, Activation.Softmax) { Focal = new Focal(1, 2) };

        Assert.False(KernelPlanner.Plan(options).CallsFocalSlope);
        Assert.True(KernelPlanner.Plan(options with { Focal = options.Focal with { Gamma = 3 } }).CallsFocalSlope);
        Assert.True(KernelPlanner.Plan(options with { IgnoreIndex = 255 }).CallsFocalSlope);
        Assert.True(KernelPlanner.Plan(options with { Compound = new Compound(CrossEntropy: 1) }).CallsFocalSlope);
        Assert.False(KernelPlanner.Plan(options with { NumClasses = 4, IgnoreIndex = 255 }).CallsFocalSlope);
    }

    [Theory]
    [InlineData(3, 2, true)]
    [InlineData(3, 3, false)]
    [InlineData(3, -1, false)]
    [InlineData(5, 2, false)]
    [InlineData(1, 0, false)]
    public void The_class_that_is_ignored_has_no_labels_where_one_loop_knows_all_classes(int numClasses, int ignored, bool isLeftOut)
    {
        LossOptions options = new(numClasses, 1e-5) { IgnoreIndex = ignored };
        KernelPlan plan = KernelPlanner.Plan(options);

        Assert.Equal(isLeftOut ? ignored : null, plan.ClassWithoutLabels);
        Assert.Equal(isLeftOut, plan.Explain().Contains("class 2 has no labels, being ignored: of its predictions there is one sum"));
        Assert.Null(KernelPlanner.Plan(options with { HasMask = true }).ClassWithoutLabels);
        Assert.Equal(isLeftOut ? ignored : null, KernelPlanner.Plan(options with { Activation = Activation.Softmax }).ClassWithoutLabels);
        Assert.Null(KernelPlanner.Plan(options with { Activation = Activation.Softmax, Compound = new Compound(CrossEntropy: 1) }).ClassWithoutLabels);
        Assert.Null(KernelPlanner.Plan(options with { Activation = Activation.Softmax, Cost = options.Cost with { SquaredDenominator = true } }).ClassWithoutLabels);
        Assert.Null(KernelPlanner.Plan(options with { Activation = Activation.Sigmoid }).ClassWithoutLabels);
        Assert.Null(KernelPlanner.Plan(options with { Layout = Layout.ChannelsLast }).ClassWithoutLabels);
    }

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    [InlineData(4096, true)]
    public void Many_probabilities_side_by_side_are_added_row_by_row(int numClasses, bool addsRows)
    {
        LossOptions options = new(numClasses, 1e-5) { Layout = Layout.ChannelsLast };
        KernelPlan plan = KernelPlanner.Plan(options);

        Assert.Equal(addsRows, plan.AddsRows);
        Assert.False(plan.KeepsProbabilities);
        Assert.Equal(addsRows, plan.StagedPixels == 0);
        Assert.Equal(addsRows, plan.Name.EndsWith($"_rows_chain16_part{plan.PartPixels}", StringComparison.Ordinal));
        Assert.Equal(addsRows, plan.Explain().Contains($"{numClasses} classes side by side, as they lie: a row of all of them for each pixel"));
        Assert.False(plan.SplitsPixels);
        Assert.False(KernelPlanner.Plan(options with { Cost = new ClassCost { SquaredDenominator = true } }).AddsRows);
        Assert.False(KernelPlanner.Plan(options with { Activation = Activation.Sigmoid }).AddsRows);
        Assert.False(KernelPlanner.Plan(options with { Layout = Layout.ChannelsFirst }).AddsRows);
    }

    [Theory]
    [InlineData(15, false)]
    [InlineData(16, true)]
    [InlineData(4096, true)]
    public void A_softmax_of_many_classes_side_by_side_goes_row_by_row(int numClasses, bool addsRows)
    {
        LossOptions options = new(numClasses, 1e-5) { Layout = Layout.ChannelsLast, Activation = Activation.Softmax };
        KernelPlan plan = KernelPlanner.Plan(options);

        Assert.Equal(addsRows, plan.AddsRows);
        Assert.Equal(addsRows, plan.StagedPixels == 0);
        Assert.Equal(addsRows, plan.Scratch is null);
        Assert.Equal(addsRows, plan.KeepsProbabilities);
        Assert.Equal(addsRows, plan.Explain().Contains("exponentials of some rows at a time as they lie, in scratch memory; in the gradient's place, and kept there, where a call asks for both"));

        // What the library's rows have no way for is turned into planes.
        KernelPlan[] staged =
        [
            KernelPlanner.Plan(options with { Labels = LabelKind.OneHot }),
            KernelPlanner.Plan(options with { ElementType = ElementType.Half }),
            KernelPlanner.Plan(options with { Cost = new ClassCost { SquaredDenominator = true } }),
            KernelPlanner.Plan(options with { Compound = new Compound { CrossEntropy = 1 } }),
            KernelPlanner.Plan(options with { Focal = new Focal(Factor: 1) }),
        ];
        Assert.All(staged, other => Assert.True(!other.AddsRows && !other.KeepsProbabilities && other.StagedPixels > 0 && other.Scratch is not null));
        Assert.True(KernelPlanner.Plan(options with { IgnoreIndex = 255, HasMask = true }).AddsRows == addsRows);
    }

    [Fact]
    public void Elements_that_are_no_floats_are_made_floats_of_as_many_pixels_whatever_the_layout()
    {
        LossOptions floats = new(3, 1e-5);
        KernelPlan halfs = KernelPlanner.Plan(floats with { ElementType = ElementType.Half });
        KernelPlan doubles = KernelPlanner.Plan(floats with { ElementType = ElementType.Double, Layout = Layout.ChannelsLast });

        Assert.Equal(4080, halfs.StagedPixels);
        Assert.Equal(4080, doubles.StagedPixels);
        Assert.StartsWith("probabilities_f16_c3_staged4080_", halfs.Name, StringComparison.Ordinal);
        Assert.StartsWith("probabilities_f64_c3_turned4080_", doubles.Name, StringComparison.Ordinal);
        Assert.Contains("planes of f16: 4080 pixels at a time made planes of floats, in scratch memory of 48 KB", halfs.Explain());
        Assert.Contains("classes of f64 side by side: 4080 pixels at a time made floats, then turned into planes, in scratch memory of 48 KB", doubles.Explain());

        // One class lies in the same way in either layout, but is no floats all the same.
        Assert.Equal(4080, KernelPlanner.Plan(new LossOptions(1, 1e-5) { ElementType = ElementType.Half, Layout = Layout.ChannelsLast }).StagedPixels);
    }

    [Theory]
    [InlineData(5, 512, 528)]
    [InlineData(128, 512, 528)]
    [InlineData(129, 480, 496)]
    [InlineData(150, 416, 432)]
    [InlineData(4096, 16, 48)]
    public void Softmax_of_many_classes_takes_a_tile_that_stays_in_the_cache(int numClasses, int pixels, int stride)
    {
        KernelPlan plan = SoftmaxPlanFor(numClasses);

        Assert.Equal(new ScratchTile(pixels, stride), plan.Scratch);
        Assert.StartsWith($"softmax_f32_c{numClasses}_scratch{pixels}", plan.Name, StringComparison.Ordinal);
        Assert.StartsWith($"exponentials of {pixels} pixels at a time", plan.Explain().ElementAt(1), StringComparison.Ordinal);
    }

    [Fact]
    public void Tiles_are_whole_vectors_on_lines_that_do_not_meet_in_one_set_of_the_cache()
    {
        for (int numClasses = 5; numClasses <= LossOptions.MaxNumClasses; numClasses++)
        {
            KernelPlan plan = SoftmaxPlanFor(numClasses);
            ScratchTile tile = plan.Scratch!;
            Assert.Equal(0, tile.Pixels % 16);
            Assert.Equal(0, plan.PartPixels % Math.Max(64, tile.Pixels));
            Assert.Equal(1, tile.Stride / 16 % 2);
            Assert.InRange(tile.Stride, tile.Pixels + 16, tile.Pixels + (tile.Pixels > 16 ? 16 : 32));
            Assert.InRange(tile.Pixels * numClasses, 1, Math.Max(KernelPlanner.ScratchFloats, 16 * numClasses));
        }
    }

    [Fact]
    public void What_fits_the_registers_needs_no_scratch_memory()
    {
        Assert.Null(SoftmaxPlanFor(4).Scratch);
        Assert.Null(PlanFor(4096).Scratch);
        Assert.Null(KernelPlanner.Plan(new LossOptions(4096, LossOptions.DefaultEpsilon, Activation.Sigmoid)).Scratch);
    }

    [Fact]
    public void Groups_cover_every_class_once_and_are_as_equal_as_can_be()
    {
        for (int numClasses = 1; numClasses <= LossOptions.MaxNumClasses; numClasses++)
        {
            KernelPlan plan = PlanFor(numClasses);
            AssertCover(numClasses, plan.Groups, KernelPlanner.MostClassesInRegisters);
            Assert.Equal(numClasses <= KernelPlanner.MostClassesInRegisters, plan.IsOneGroup);
            if (plan.WideGroups.Count > 0)
            {
                AssertCover(numClasses, plan.WideGroups, KernelPlanner.MostClassesInWideRegisters);
                Assert.NotEqual(plan.Groups, plan.WideGroups);
            }
            else
            {
                Assert.True(plan.IsOneGroup || numClasses == 8, $"{numClasses} classes");
            }
        }
    }

    [Fact]
    public void More_classes_at_a_time_are_for_those_with_two_sums_and_a_count_each()
    {
        LossOptions plain = new(19, LossOptions.DefaultEpsilon);
        LossOptions[] others =
        [
            plain with { Activation = Activation.Softmax },
            plain with { Activation = Activation.Sigmoid },
            plain with { Labels = LabelKind.OneHot },
            plain with { Cost = plain.Cost with { Overlap = Overlap.Tversky, Alpha = 0.3, Beta = 0.7 } },
        ];

        Assert.NotEmpty(KernelPlanner.Plan(plain).WideGroups);
        Assert.NotEmpty(KernelPlanner.Plan(plain with { IgnoreIndex = 255 }).WideGroups);
        Assert.All(others, options => Assert.Empty(KernelPlanner.Plan(options).WideGroups));
    }

    [Fact]
    public void Ignored_pixels_are_left_out_of_what_is_missed_where_nothing_else_needs_a_number_there()
    {
        LossOptions ignoring = new(3, LossOptions.DefaultEpsilon) { IgnoreIndex = 255 };
        LossOptions[] others =
        [
            new(3, LossOptions.DefaultEpsilon),
            ignoring with { Activation = Activation.Softmax },
            ignoring with { Labels = LabelKind.OneHot, IgnoreIndex = null, HasMask = true },
            ignoring with { Cost = ignoring.Cost with { SquaredDenominator = true } },
            ignoring with { Cost = ignoring.Cost with { Overlap = Overlap.Tversky, Alpha = 0.3, Beta = 0.7 } },
        ];

        Assert.True(KernelPlanner.Plan(ignoring).SkipsIgnored);
        Assert.True(KernelPlanner.Plan(ignoring with { IgnoreIndex = null, HasMask = true }).SkipsIgnored);
        Assert.All(others, options => Assert.False(KernelPlanner.Plan(options).SkipsIgnored));
    }

    private static void AssertCover(int numClasses, EquatableArray<ClassGroup> groups, int most)
    {
        List<int> classes = [];
        foreach (ClassGroup group in groups)
        {
            Assert.Equal(classes.Count, group.FirstClass);
            classes.AddRange(Enumerable.Range(group.FirstClass, group.Size * group.Repeats));
            Assert.Equal(classes.Count, group.EndClass);
        }

        Assert.Equal(Enumerable.Range(0, numClasses), classes);
        Assert.InRange(groups.Count, 1, 2);
        Assert.All(groups, group => Assert.InRange(group.Size, 1, most));
        Assert.InRange(groups.Max(group => group.Size) - groups.Min(group => group.Size), 0, 1);

        // As few groups as possible.
        Assert.Equal((numClasses + most - 1) / most, groups.Sum(group => group.Repeats));
    }

    private static KernelPlan SoftmaxPlanFor(int numClasses) =>
        KernelPlanner.Plan(new LossOptions(numClasses, LossOptions.DefaultEpsilon, Activation.Softmax));

    private static KernelPlan PlanFor(int numClasses) => KernelPlanner.Plan(new LossOptions(numClasses, LossOptions.DefaultEpsilon));
}
