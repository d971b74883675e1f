using System.Text.RegularExpressions;

namespace Parley.House;

/// <summary>What the server may refuse on an agent's screen, the console says in the agent's language.</summary>
public partial class RefusalsTests
{
    private const string Texts = "web/console/app/refusals.ts";

    private static readonly string[] Modules = ["Workspaces", "Conversations", "Contacts", "Writing"];

    /// <summary>Codes that the console has no words for, and why none are needed.</summary>
    private static readonly Dictionary<string, string> Unsaid = new()
    {
        ["csrf.missing"] = "403: the console always sends the header",
        ["auth.busy"] = "503: what is said of every server that could not just now",
        ["clientId.invalid"] = "the console makes these ids",
        ["request.malformed"] = "the console's own mistake, of no use to the agent",
        ["code.unexpected"] = "the screen asks for no second factor",
        ["channel.unknown"] = "channels are chosen from a list",
        ["voice.invalid"] = "a switch with two sides",
        ["language.unknown"] = "chosen from a list",
        ["language.invalid"] = "a visitor's browser says it",
        ["workspace.exists"] = "made on the command line",
        ["workspace.unknown"] = "an agent is always of one that there is",
        ["content.notYours"] = "403, and the composer offers nothing of the kind",
        ["content.formatUnknown"] = "the composer's own formats",
        ["content.languageUnknown"] = "the composer says none",
        ["content.typeUnknown"] = "the composer's own kinds",
        ["message.author"] = "programs only",
        ["choice.unknown"] = "a customer answers",
        ["question.unknown"] = "a customer answers",
        ["question.answered"] = "a customer answers",
        ["form.invalid"] = "a customer answers",
        ["rating.invalid"] = "a customer rates",
        ["rating.given"] = "a customer rates",
        ["rating.over"] = "a customer rates",
        ["location.latitude"] = "a field, not a code",
        ["location.longitude"] = "a field, not a code",
        ["offer.open"] = "the router's",
        ["reaction.overtaken"] = "the route itself tries again",
        ["offer.passed"] = "the router's",
        ["live.off"] = "a customer asks",
        ["live.nobody"] = "a customer asks",
        ["live.elsewhere"] = "a customer writes",
        ["queue.full"] = "a customer asks",
        ["inbox.closed"] = "a customer begins",
        ["at.invalid"] = "no screen asks for a time ten years away",
        ["seen.invalid"] = "nobody typed it",
        ["stream.upgrade"] = "programs only",
        ["contact.blocked"] = "a visitor's",
        ["contact.joined"] = "a visitor's",
        ["origin.refused"] = "a visitor's",
        ["thread.only"] = "a visitor's",
        ["mailAfter.invalid"] = "a choice of times",
        ["draft.newer"] = "the composer asks which words are meant",
        ["draft.invalid"] = "what the console's own fields cannot hold",
        ["scheduled.tooMany"] = "nobody plans twenty messages to one customer; the server's own sentence serves",
        ["undo.invalid"] = "a choice of seconds",
        ["consult.nobody"] = "the screen asks for somebody first",
        ["followers.tooMany"] = "nobody has fifty colleagues follow; the server's own sentence serves",
        ["bulk.invalid"] = "the list selects no more, and not nothing",
        ["conversation.changed"] = "the route itself tries again",
    };

    [Fact]
    public void The_console_has_words_for_every_refusal_that_an_agent_can_meet() => Codes().Except(Said()).Except(Unsaid.Keys).ShouldBeEmpty();

    [Fact]
    public void Every_exception_is_still_needed_and_says_why()
    {
        Unsaid.Keys.Except(Codes()).ShouldBeEmpty();
        Unsaid.Keys.Intersect(Said()).ShouldBeEmpty();
        Unsaid.Where(exception => exception.Value.Length == 0).ShouldBeEmpty();
    }

    [Fact]
    public void Every_text_is_for_a_code_that_there_is()
    {
        Codes().Count.ShouldBeGreaterThan(80);
        var all = Tree.Product.Select(file => file.Text).ToList();
        Said().Where(code => code.Contains('.', StringComparison.Ordinal) && !code.StartsWith("http.", StringComparison.Ordinal))
            .Except(Codes()).Where(code => !all.Exists(text => text.Contains($"\"{code}\"", StringComparison.Ordinal))).ShouldBeEmpty();
    }

    private static HashSet<string> Codes()
    {
        var texts = Tree.Product.Where(file => Tree.ModuleOf(file.Path) is { } module && Modules.Contains(module)).Select(file => file.Text).ToList();
        var unknown = texts.SelectMany(text => Unknown().Matches(text)).Select(match => $"{match.Groups[1].Value.ToLowerInvariant()}.unknown");
        var named = texts.SelectMany(text => Named().Matches(text)).Select(match => match.Groups[1].Value).Append("name").Distinct().ToList();
        var names = texts.SelectMany(text => OfField().Matches(text)).SelectMany(match => named.Select(field => $"{field}.{match.Groups[1].Value}"));
        return [.. texts.SelectMany(text => Code().Matches(text)).Select(match => match.Groups[1].Value), .. unknown, .. names];
    }

    private static HashSet<string> Said() => [.. Known().Matches(Tree.Browser.Single(file => file.Path == Texts).Text).Select(match => match.Groups[1].Value)];

    /// <summary>However a refusal or a problem is made: <c>new Refusal("owner.last"</c>, <c>new("color.invalid"</c>, <c>Problems.Of("role.above"</c>, <c>Gone("rating.over"</c>.</summary>
    [GeneratedRegex(@"\b(?:(?:Refusal|Problem|new|Of|Gone|Unasked)\s*\(\s*|Code = )""([a-z]\w*\.[a-z]\w*)""")]
    private static partial Regex Code();

    [GeneratedRegex(@"Refusal\.Unknown\(\s*(?:""(\w+)""|(?<1>Contact|Conversation)\.Kind)")]
    private static partial Regex Unknown();

    [GeneratedRegex(@"Naming\.Name\([^()]*,\s*""(\w+)""\)")]
    private static partial Regex Named();

    [GeneratedRegex(@"\$""\{field\}\.(\w+)""")]
    private static partial Regex OfField();

    [GeneratedRegex(@"^  '?([\w.]+)'?: '[\w.]+',$", RegexOptions.Multiline)]
    private static partial Regex Known();
}
