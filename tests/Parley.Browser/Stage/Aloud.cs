using System.Text.RegularExpressions;

namespace Parley.Browser.Stage;

/// <summary>
/// What a screen reader is told in a state of an app, as text in <c>tests/Parley.Browser/Trees</c>: a change there is meant, or a fault.
/// Stories that come by a state hold it against its file; <c>PARLEY_TREES_WRITE=1</c> writes the files anew.
/// </summary>
public static partial class Aloud
{
    /// <summary>So long nothing changes before what is read is written down.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(600);

    private static readonly bool Writes = Environment.GetEnvironmentVariable("PARLEY_TREES_WRITE") == "1";

    /// <summary>The screen may still be on its way: what is held against the file is what it comes to.</summary>
    public static async Task Reads(string state, ILocator what)
    {
        var file = Tree.File("tests", "Parley.Browser", "Trees", $"{state}.yml");
        if (Writes)
        {
            await File.WriteAllTextAsync(file, await Rested(what));
            return;
        }

        File.Exists(file).ShouldBeTrue($"{state} is not written down yet; PARLEY_TREES_WRITE=1 does.");
        var written = await File.ReadAllTextAsync(file);
        await Ears.Eventually(async () => Changes(written, Plain(await what.AriaSnapshotAsync())).ShouldBe("", $"{state}: the tree has changed; if that is meant, PARLEY_TREES_WRITE=1 writes it anew."));
    }

    /// <summary>The lines that went and those that came.</summary>
    private static string Changes(string written, string tree)
    {
        var (before, after) = (written.Split('\n'), tree.Split('\n'));
        return written == tree ? "" : string.Join('\n', ["another order, or:", .. before.Except(after).Select(line => $"went: {line}"), .. after.Except(before).Select(line => $"came: {line}")]);
    }

    private static async Task<string> Rested(ILocator what)
    {
        for (var before = ""; ;)
        {
            await Task.Delay(Settled);
            var tree = Plain(await what.AriaSnapshotAsync());
            if (tree == before)
            {
                return tree;
            }

            before = tree;
        }
    }

    /// <summary>Without what is different at every run and on every machine.</summary>
    private static string Plain(string tree) =>
        Masks.Aggregate(tree, (plain, mask) => mask.What.Replace(plain, mask.With)).TrimEnd() + "\n";

    private static readonly (Regex What, string With)[] Masks =
    [
        (Links(), ""), (Zones(), ""), (Addresses(), "http://SERVER"), (Tokens(), "$1TOKEN"), (Ids(), "ID"), (Keys(), "KEY"), (Mailboxes(), "$1@lighthouse.test"), (Promises(), "by PROMISE"), (Days(), "DAY"), (Clock(), "TIME"), (Ago(), "AGO"),
        (Mails(), "N"), (Visitors(), "Visitor ID"), (Numbers(), "Lighthouse"),
    ];

    [GeneratedRegex(@"^ *- /url: .*\n", RegexOptions.Multiline)]
    private static partial Regex Links();

    /// <summary>The browser's list of time zones: several hundred, and others in the next version.</summary>
    [GeneratedRegex("""^ *- option "?[A-Z]\w+/[^\n]*\n""", RegexOptions.Multiline)]
    private static partial Regex Zones();

    [GeneratedRegex(@"http://[\w.]+:\d+")]
    private static partial Regex Addresses();

    [GeneratedRegex(@"\b[a-z]{3}_[0-9A-Za-z]{20,}\b")]
    private static partial Regex Ids();

    /// <summary>What a key is called.</summary>
    [GeneratedRegex(@"\b[0-9a-f]{12}\b")]
    private static partial Regex Keys();

    /// <summary>What stands in a link that is good once, and what a program signs in with.</summary>
    [GeneratedRegex(@"(#|\bply_)[\w-]{20,}")]
    private static partial Regex Tokens();

    [GeneratedRegex(@"\b([a-z]+)\d+@lighthouse\.test")]
    private static partial Regex Mailboxes();

    /// <summary>How many mails the demo has sent by then.</summary>
    [GeneratedRegex("(?<=, mail )\\d+")]
    private static partial Regex Mails();

    [GeneratedRegex("""\bby (Now|today|tomorrow|\w+day|\d)[^"\n]*""")]
    private static partial Regex Promises();

    [GeneratedRegex(@"\b((?<=for )(today|tomorrow|[A-Z][a-z]+day)(?= at)|\d{1,2} [A-Z][a-z]{2,8} \d{4}|\d{4}-\d{2}-\d{2}|\d{2}/\d{2}/\d{4})\b")]
    private static partial Regex Days();

    [GeneratedRegex(@"\b\d{1,2}:\d{2}(:\d{2})?(\s?[AP]M)?\b")]
    private static partial Regex Clock();

    [GeneratedRegex(@"\bNow\b|\b\d+ ?(s|m|min|sec\.?|seconds?|minutes?)( ago)?\b")]
    private static partial Regex Ago();

    [GeneratedRegex(@"Visitor [0-9A-Z]{4}")]
    private static partial Regex Visitors();

    [GeneratedRegex(@"Lighthouse \d+")]
    private static partial Regex Numbers();
}
