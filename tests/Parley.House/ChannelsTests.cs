using System.Text.RegularExpressions;

namespace Parley.House;

/// <summary>OP5: a channel is one folder and one line in the catalog. Nothing else of the tree knows its name.</summary>
public class ChannelsTests
{
    private const string Root = "src/Parley/Channels/";
    private const string Catalog = "src/Parley/Channels/Catalog.cs";

    /// <summary>Folders of the module that are no channel.</summary>
    private static readonly string[] Own = ["Api", "Connections", "Delivering", "Receiving"];

    private static IEnumerable<string> Channels => Tree.Product.Where(file => file.Path.StartsWith(Root, StringComparison.Ordinal) && file.Path[Root.Length..].Contains('/', StringComparison.Ordinal))
        .Select(file => file.Path[Root.Length..].Split('/')[0]).Distinct().Except(Own);

    [Fact]
    public void OP5_A_channel_touches_nothing_outside_its_folder_but_the_catalog()
    {
        Channels.ShouldContain("Generic");
        foreach (var channel in Channels)
        {
            Tree.Product.Concat(Tree.Browser.Where(file => !file.Path.StartsWith("web/contract/", StringComparison.Ordinal)))
                .Where(file => !file.Path.StartsWith($"{Root}{channel}/", StringComparison.Ordinal) && file.Path != Catalog && (Knows(file.Text, channel) || (file.Path.StartsWith("web/", StringComparison.Ordinal) && Draws(file.Text, channel))))
                .Select(file => file.Path).ShouldBeEmpty($"{channel} is known outside of its folder.");
        }
    }

    [Fact]
    public void Every_channel_has_one_line_in_the_catalog()
    {
        var catalog = Tree.Product.Single(file => file.Path == Catalog).Text;
        Channels.Where(channel => Regex.Count(catalog, $@"typeof\({channel}\.") != 1).ShouldBeEmpty();
        Regex.Count(catalog, @"typeof\(\w+\.\w+\),").ShouldBe(Channels.Count());
    }

    [Fact]
    public void The_rule_sees_what_it_forbids()
    {
        Knows("using Parley.Channels.Generic;", "Generic").ShouldBeTrue();
        Knows("typeof(Generic.GenericChannel)", "Generic").ShouldBeTrue();
        Knows("if (kind === 'generic')", "Generic").ShouldBeTrue();
        Knows("channel.Kind == \"generic\"", "Generic").ShouldBeTrue();
        Knows("identity.kind === 'generic'", "Generic").ShouldBeFalse();
        Knows("using System.Collections.Generic;", "Generic").ShouldBeFalse();
        Draws("const byAddress = new Set(['generic']);", "Generic").ShouldBeTrue();
        Draws("const own: Record<string, typeof Fields> = { other: Other, generic: Fields };", "Generic").ShouldBeTrue();
        Draws("case 'generic':", "Generic").ShouldBeTrue();
        Draws("['generic', 'app'].includes(inbox.channel)", "Generic").ShouldBeTrue();
        Draws("call('POST', '/v1/channels/generic/trial')", "Generic").ShouldBeTrue();
        Draws("people.change({ generic: value })", "Generic").ShouldBeFalse();
        Draws("type={'generic'}", "Generic").ShouldBeFalse();
    }

    /// <summary>A page that has something of its own for it: a set or a table with its name, a case, an address.</summary>
    private static bool Draws(string text, string channel) =>
        Regex.IsMatch(text, $@"new (?:Set|Map)\b[^;]*(?<q>['""])(?i:{channel})\k<q>|\bcase (?<q>['""])(?i:{channel})\k<q>:|[{{,]\s*(?<q>['""]?)(?i:{channel})\k<q>:\s*(?:[A-Z]|late\(|soon\()|\[[^\]]*(?<q>['""])(?i:{channel})\k<q>[^\]]*\]\.includes\([^)]*(?i:kind|channel)|/channels/(?i:{channel})\b");

    /// <summary>Its namespace, its class, or a question whether something is of its kind. By what somebody is known may be called the same (an address), and is no channel.</summary>
    private static bool Knows(string text, string channel) =>
        Regex.IsMatch(text, $@"\bChannels\.{channel}\b|\b{channel}Channel\b|(?<!\b(?:i|it|identity)\.)\b(?i:kind|channel)\s*(?:===?|!==?|is|is not)\s*(?<q>['""])(?i:{channel})\k<q>|typeof\({channel}\.");
}
