using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.Loader;
using System.Text;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;

using Xunit;

namespace SoftDice.Generators.Tests.Pages;

/// <summary>Blocks of a page as a user's program: written to, compiled with every warning an error, and run.</summary>
internal static class PageProgram
{
    private const string Usings = "using System;\nusing System.Collections.Generic;\nusing System.Threading;\nusing SoftDice;\n";

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.CSharp14, DocumentationMode.Parse);

    /// <summary>One file: its types, and a method for each program.</summary>
    public static string Join(IEnumerable<CodeBlock> blocks)
    {
        List<StringBuilder> programs = [new()];
        StringBuilder types = new();
        HashSet<string> usings = [];
        foreach (CodeBlock block in blocks)
        {
            if (block.Kind == BlockKind.Context)
            {
                programs.Add(new StringBuilder());
            }

            CompilationUnitSyntax unit = SyntaxFactory.ParseCompilationUnit(block.Text, options: ParseOptions);
            usings.UnionWith(unit.Usings.Select(directive => directive.ToString()));
            foreach (MemberDeclarationSyntax member in unit.Members)
            {
                (member is GlobalStatementSyntax ? programs[^1] : types).Append(member.ToFullString()).Append('\n');
            }
        }

        usings.ExceptWith(Usings.Split('\n'));
        IEnumerable<string> methods = programs.Select((program, index) => $"    public static void Program{index}()\n    {{\n{program}\n    }}\n");
        return $"{Usings}{string.Join('\n', usings)}\n\ninternal static class Programs\n{{\n{string.Concat(methods)}\n}}\n\n{types}";
    }

    /// <summary>Compiles a file with what is generated for it.</summary>
    public static CSharpCompilation Compile(string text, OutputKind kind)
    {
        CSharpCompilation input = GeneratorHarness.Compile(ParseOptions, ("Page.cs", text));
        return GeneratorHarness.Run(input.WithOptions(input.Options.WithOutputKind(kind)).AddReferences(GeneratorHarness.Tensors)).Output;
    }

    /// <summary>Runs the programs of a file, and gives what they print.</summary>
    public static string Run(CSharpCompilation compilation)
    {
        using MemoryStream image = new();
        EmitResult emitted = compilation.Emit(image, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(emitted.Success, string.Join('\n', emitted.Diagnostics));
        image.Position = 0;

        AssemblyLoadContext context = new("Page", isCollectible: true);
        Assembly assembly = context.LoadFromStream(image);
        TextWriter console = Console.Out;
        using StringWriter printed = new(System.Globalization.CultureInfo.InvariantCulture);
        Console.SetOut(printed);
        try
        {
            if (assembly.EntryPoint is MethodInfo main)
            {
                main.Invoke(null, main.GetParameters().Length == 0 ? null : [Array.Empty<string>()]);
            }
            else
            {
                foreach (MethodInfo program in assembly.GetType("Programs", throwOnError: true)!.GetMethods(BindingFlags.Public | BindingFlags.Static))
                {
                    program.Invoke(null, null);
                }
            }
        }
        finally
        {
            Console.SetOut(console);
            context.Unload();
        }

        return printed.ToString();
    }
}
