using System.Collections.Immutable;
using System.Globalization;
using Parley.Contacts;
using Parley.Log;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Conversations.Shapes;

/// <summary>A form as somebody filled it in.</summary>
/// <param name="Id">The inbox's form; the form in the thread is known by the entry that is answered.</param>
public sealed record FormAnswer(string? Id = null, IReadOnlyDictionary<string, FormValue>? Values = null);

/// <summary>Checks what was filled in against what was asked, and says it in words.</summary>
internal static class FormAnswers
{
    /// <param name="languages">Whose words the labels are taken from, the dearest first.</param>
    /// <returns>What is wrong; or else the values in the order of the form, as they are kept, and the text that they come to.</returns>
    public static (Refusal? Refusal, Content? Content) Read(Form form, IReadOnlyDictionary<string, FormValue>? given, params string?[] languages)
    {
        given ??= ImmutableDictionary<string, FormValue>.Empty;
        var fields = form.Fields ?? [];
        var (flaws, kept, lines) = (new List<FieldFlaw>(), new Dictionary<string, FormValue>(), new List<string>());
        foreach (var field in fields)
        {
            var value = given.GetValueOrDefault(field.Name) is { IsEmpty: false } filled ? Tidy(filled, field.Type) : null;
            if (Flaw(field, value) is { } flaw)
            {
                flaws.Add(flaw);
            }
            else if (value is not null)
            {
                kept[field.Name] = value;
                lines.Add($"{Asked(field.Label.In(languages))} {Words(field, value, languages)}");
            }
        }

        flaws.AddRange(given.Keys.Where(name => !fields.Any(field => field.Name == name)).Select(name => new FieldFlaw(Shown(name), "unknown", "The form does not ask for this.")));
        var text = string.Join('\n', lines);
        if (flaws.Count == 0 && Platform.Words.Exceed(text, Content.TextLimit))
        {
            var longest = kept.MaxBy(pair => pair.Value.Text?.Length ?? 0).Key;
            flaws.Add(new(longest, "tooLong", $"All answers together have at most {Content.TextLimit:N0} characters."));
        }

        return flaws.Count > 0
            ? (new Refusal("form.invalid", $"{flaws[0].Field}: {flaws[0].Text}", 400) { Errors = [.. flaws] }, null)
            : (null, new Content("formResponse", text) { Values = kept });
    }

    /// <summary>What the person said of themselves by it: claims, never proof. Null for nothing.</summary>
    /// <param name="definitions">The workspace's attributes: what is asked under the key of one is said there.</param>
    public static Described? Claims(Content response, ImmutableArray<AttributeDefinition> definitions)
    {
        var said = new Described(Source.Typed, Said(response, "name"), Said(response, "email"), Said(response, "phone"))
        {
            Attributes = definitions.IsDefaultOrEmpty ? null : Detailing.Read(response, AttributeOf.Contact, definitions),
        };
        return said.SaysNothing || Describing.Flaw(said) is not null ? null : said;
    }

    private static string? Said(Content response, string name) => response.Values?.GetValueOrDefault(name)?.Text;

    private static FieldFlaw? Flaw(Field field, FormValue? value) => (field, value) switch
    {
        ({ Required: true }, null) => Wrong(field, "required", "This is needed."),
        (_, null) => null,
        ({ Type: FieldType.Consent }, { Yes: { } yes }) => yes || field.Required != true ? null : Wrong(field, "required", "This is needed."),
        ({ Type: FieldType.Consent }, _) => Wrong(field, "choice", "This is yes or no."),
        ({ Type: FieldType.Number }, { Number: { } number }) => OutOf(field, number),
        ({ Type: FieldType.Number }, _) => Wrong(field, "number", "That is not a number."),
        ({ Type: FieldType.Choice }, _) => value.Text is { } one && Offers(field, one) ? null : Wrong(field, "choice", "Choose one of what is offered."),
        ({ Type: FieldType.Choices }, _) => value.Chosen is { } many && many.All(one => Offers(field, one)) ? null : Wrong(field, "choice", "Choose from what is offered."),
        (_, { Text: { } text }) => Typed(field, text),
        _ => Wrong(field, Kind(field.Type), "That is not of the right kind."),
    };

    private static FieldFlaw? Typed(Field field, string text)
    {
        var limit = Math.Min(field.MaxLength ?? Forming.ValueLimit, field.Name == "name" ? Naming.NameLimit : Forming.ValueLimit);
        return field.Type switch
        {
            _ when Platform.Words.Exceed(text, limit) => Wrong(field, "tooLong", $"At most {limit} characters."),
            FieldType.Email when Naming.Email(text) is not null => Wrong(field, "email", "That is not an e-mail address."),
            FieldType.Phone when Describing.Flaw(new Described(Source.Typed, Phone: text)) is not null || !text.Any(char.IsDigit) => Wrong(field, "phone", "That is not a telephone number."),
            FieldType.Date when !DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _) => Wrong(field, "date", "A date is written 2026-12-31."),
            _ => null,
        };
    }

    private static FieldFlaw? OutOf(Field field, double number) =>
        number < field.Min ? Wrong(field, "tooSmall", string.Create(CultureInfo.InvariantCulture, $"At least {field.Min}."))
        : number > field.Max ? Wrong(field, "tooLarge", string.Create(CultureInfo.InvariantCulture, $"At most {field.Max}."))
        : null;

    private static bool Offers(Field field, string option) => field.Options?.Any(offered => offered.Id == option) == true;

    private static FieldFlaw Wrong(Field field, string code, string text) => new(field.Name, code, text);

    private static string Kind(FieldType type) => type switch
    {
        FieldType.Email => "email",
        FieldType.Phone => "phone",
        FieldType.Date => "date",
        _ => "text",
    };

    /// <summary>What is typed loses the blanks around it; only a long text keeps its lines.</summary>
    private static FormValue Tidy(FormValue value, FieldType type) => value switch
    {
        { Text: { } text } when type == FieldType.LongText => Platform.Words.Clean(text).ReplaceLineEndings("\n").Trim(),
        { Text: { } text } => string.Concat(Platform.Words.Clean(text).Trim().Select(c => char.IsControl(c) ? ' ' : c)),
        { Chosen: { } chosen } => FormValue.Of([.. chosen.Distinct()]),
        _ => value,
    };

    /// <summary>A label that ends a sentence of its own needs no colon.</summary>
    private static string Asked(string label) => label is [.., '?' or '!' or '.' or ':' or '…' or '？' or '؟'] ? label : label + ":";

    private static string Words(Field field, FormValue value, string?[] languages) => value switch
    {
        { Number: { } number } => number.ToString(CultureInfo.InvariantCulture),
        { Yes: { } yes } => yes ? "✓" : "✗",
        { Chosen: { } chosen } => string.Join(", ", chosen.Select(one => Label(field, one, languages))),
        { Text: { } text } when field.Type == FieldType.Choice => Label(field, text, languages),
        _ => value.Text ?? "",
    };

    private static string Label(Field field, string option, string?[] languages) => field.Options!.Value.First(offered => offered.Id == option).Label.In(languages);

    private static string Shown(string name) => Platform.Words.Clean(name.Length <= Forming.IdLimit ? name : name[..Forming.IdLimit]);
}
