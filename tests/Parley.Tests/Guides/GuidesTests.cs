using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Guides;

/// <summary>Each guide is followed from top to bottom, as it stands there. What cannot be run says why above it.</summary>
[Trait("takes", "long")]
public class GuidesTests
{
    /// <summary>What a language's block is kept as, and what runs it.</summary>
    private static readonly Dictionary<string, (string Program, string File, string[] Before)> Languages = new()
    {
        ["js"] = ("node", "sign.mjs", []),
        ["python"] = ("python3", "sign.py", []),
        ["php"] = ("php", "sign.php", []),
        ["ruby"] = ("ruby", "sign.rb", []),
        ["csharp"] = ("dotnet", "sign.cs", ["run"]),
    };

    public static TheoryData<string> All => [.. Guide.Names];

    public static TheoryData<string> Signing => [.. Guide.Open("identifying").Blocks.Where(block => block.Mark == "identity").Select(block => block.Language)];

    [SkippableTheory]
    [MemberData(nameof(All))]
    public async Task OP3_A_guide_can_be_followed(string name)
    {
        var guide = Guide.Open(name);
        var blocks = guide.Blocks.Where(block => block.Mark is not ("not run" or "identity")).ToList();
        foreach (var program in new[] { "bash", "curl", "node" })
        {
            Skip.IfNot(blocks.Count == 0 || Reader.Has(program), $"There is no {program} here.");
        }

        await using var reader = await Reader.Begin();
        var script = new StringBuilder("exec 2>&1\nset -euo pipefail\ntrap 'kill $(jobs -p) 2>/dev/null || true' EXIT\n");
        foreach (var block in blocks)
        {
            if (block.Mark == "file")
            {
                reader.Write(block.Marked, block.Text + "\n");
            }
            else if (block.Language == "bash")
            {
                script.AppendLine($"echo '== {block.Number}'").AppendLine(block.Text);
            }
        }

        reader.Write("guide.sh", script.ToString());
        var (exit, said) = await reader.Run("bash", "guide.sh");
        exit.ShouldBe(0, said);
        foreach (var block in blocks.Where(block => block.Language == "output"))
        {
            var before = blocks.Last(other => other.Number < block.Number && other.Language == "bash");
            var told = said.Split($"== {before.Number}\n")[1].Split("\n== ")[0];
            foreach (var line in block.Text.Split('\n'))
            {
                told.ShouldMatch(string.Join(".*", line.Trim().Split('…').Select(Regex.Escape)), $"{name}, after block {before.Number}");
            }
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Signing))]
    public async Task OP3_A_site_vouches_for_its_user_in_five_languages(string language)
    {
        var (program, file, before) = Languages[language];
        Skip.IfNot(Reader.Has(program), $"There is no {program} here, so the guide's {language} was not run.");
        await using var reader = await Reader.Begin();
        // A file that is run by itself is otherwise built ahead of time, with a compiler that not every registry has.
        var head = language == "csharp" ? "#:property PublishAot=false\n" : "";
        reader.Write(file, head + Guide.Open("identifying").Blocks.Single(block => block.Mark == "identity" && block.Language == language).Text + "\n");
        var (exit, said) = await reader.Run(program, [.. before, file]);
        exit.ShouldBe(0, said);
        using var stranger = new Caller(reader.Address);
        var session = (await stranger.Post("/v1/widget/sessions", new { inbox = reader.Knows["INBOX"], identity = said.Trim().Split('\n')[^1] })).Expect(HttpStatusCode.Created);
        (session["visitor.verified"], session["visitor.name"]).ShouldBe(("True", "Ana Souza"));
    }

    [Fact]
    public void Every_block_is_run_or_says_why_not()
    {
        var blocks = Guide.Names.SelectMany(name => Guide.Open(name).Blocks.Select(block => (Name: name, Block: block))).ToList();
        blocks.Count.ShouldBeGreaterThan(20);
        blocks.Where(one => one.Block.Mark.Length == 0 && one.Block.Language is not ("bash" or "output")).Select(one => $"{one.Name}: {one.Block.Language}: {one.Block.Text.Split('\n')[0]}").ShouldBeEmpty();
        blocks.Where(one => one.Block.Mark == "not run" && one.Block.Marked.Length < 15).ShouldBeEmpty("A reason is a sentence.");
        Signing.Count.ShouldBe(Languages.Count);
        foreach (var name in Guide.Names)
        {
            // A fence that the pattern does not see would not be run either.
            Regex.Count(Guide.Open(name).Text, "```").ShouldBe(Guide.Open(name).Blocks.Count * 2, name);
        }
    }

    [Fact]
    public void Every_file_that_a_guide_names_is_there() =>
        Guide.Names.SelectMany(name => Guide.Open(name).Paths.Select(path => (name, path)))
            .Where(one => !one.path.Contains("Junking", StringComparison.Ordinal) && !Path.Exists(Path.Combine(Guide.Root, one.path))).ShouldBeEmpty();

    [Fact]
    public void The_file_for_caddy_is_the_one_in_the_guide() =>
        File.ReadAllText(Path.Combine(Guide.Root, "deploy", "Caddyfile")).ShouldContain(Guide.Open("running").Blocks.Single(block => block.Language == "caddyfile").Text);
}
