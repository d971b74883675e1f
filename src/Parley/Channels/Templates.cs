using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Parley.Conversations;
using Parley.Conversations.Shapes;
using Parley.Log;
using Parley.Platform;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Channels;

/// <summary>A text that a provider has approved beforehand: it goes also to who may not be written to freely any more.</summary>
/// <param name="Name">What its provider calls it.</param>
/// <param name="Text">With <c>{{1}}</c>, <c>{{2}}</c> … where something is filled in.</param>
public sealed partial record MessageTemplate(string Name, string Language, string Text)
{
    public const int ValueLimit = 1_000;

    /// <summary>How many values it takes.</summary>
    public int Values => Places().Matches(Text).Select(Number).DefaultIfEmpty(0).Max();

    /// <summary>What its reader reads; a value is words and no place for another.</summary>
    public string Filled(IReadOnlyList<string> values) => Places().Replace(Text, place => values[Number(place) - 1]);

    private static int Number(Match place) => int.Parse(place.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\{\{([1-9][0-9]?)\}\}")]
    private static partial Regex Places();
}

/// <summary>The prepared texts of each channel: as its provider told them, or somebody who sets it up.</summary>
internal sealed class Templates(Database database)
{
    public const string Ddl = "alter table channels add column templates text not null default '[]';";

    private const int Most = 200;
    private const int LongestName = 100;
    private const int LongestLanguage = 35;
    private const int LongestText = 4_000;

    public static readonly Refusal Unknown = new("template.unknown", "The customer's channel has no such text.", 404);

    public static readonly Refusal NotHere = new("template.notHere", "The customer is not on a channel that has prepared texts.", 409);

    public async Task<ImmutableArray<MessageTemplate>> Of(InboxId inbox) =>
        await database.Read(session => session.One<string>("select templates from channels where inbox = @inbox", new { inbox = inbox.Bytes })) is { } json ? JsonSerializer.Deserialize<ImmutableArray<MessageTemplate>>(json, Json.Options) : [];

    /// <summary>These, and no others.</summary>
    public Task Keep(InboxId inbox, IEnumerable<MessageTemplate> templates) => database.Write(session => session.Execute(
        "update channels set templates = @templates where inbox = @inbox", new { inbox = inbox.Bytes, templates = JsonSerializer.Serialize(templates.ToImmutableArray(), Json.Options) }));

    /// <summary>What is wrong with some; null: nothing.</summary>
    public static Refusal? Flaw(IReadOnlyList<MessageTemplate?> some)
    {
        var flaws = some.Count > Most ? [new FieldFlaw("templates", "tooMany", $"At most {Most}.")] : some.SelectMany((one, index) => Flaws(one, index)).ToImmutableArray();
        var twice = some.OfType<MessageTemplate>().GroupBy(one => (one.Name, one.Language)).FirstOrDefault(same => same.Count() > 1);
        flaws = twice is null ? flaws : flaws.Add(new("templates", "twice", $"{twice.Key.Name} is there twice in one language."));
        return flaws.IsEmpty ? null : new Refusal("templates.invalid", $"{flaws[0].Field}: {flaws[0].Text}", 400) { Errors = flaws };
    }

    private static IEnumerable<FieldFlaw> Flaws(MessageTemplate? one, int index)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"templates.{index}");
        return one is null ? [Forming.Missing(path)] : Shape.Needed(one.Name, $"{path}.name", LongestName).Concat(Shape.Needed(one.Language, $"{path}.language", LongestLanguage)).Concat(Shape.Needed(one.Text, $"{path}.text", LongestText));
    }

    /// <summary>The message that one becomes.</summary>
    public static (Content? Content, Refusal? Refused) Filled(MessageTemplate template, IReadOnlyList<string?> values)
    {
        var flaw = values.Count != template.Values ? $"It takes {template.Values} values."
            : values.Any(string.IsNullOrWhiteSpace) ? "No value may be empty."
            : values.Any(value => Words.Exceed(value!, MessageTemplate.ValueLimit)) ? $"A value has at most {MessageTemplate.ValueLimit:N0} characters."
            : values.Any(value => value!.AsSpan().IndexOfAny('\r', '\n', '\t') >= 0 || Words.Clean(value!) != value) ? "A value is one line."
            : null;
        return flaw is not null
            ? (null, new Refusal("template.values", flaw, 400) { Errors = [new FieldFlaw("values", "invalid", flaw)] })
            : (new Content("template", template.Filled([.. values.Select(value => value!.Trim())]), Language: template.Language) { Template = new(template.Name, template.Language, [.. values.Select(value => value!.Trim())]) }, null);
    }
}
