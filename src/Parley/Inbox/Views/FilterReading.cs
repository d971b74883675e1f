using System.Collections.Immutable;
using System.Text.Json;
using System.Text.RegularExpressions;
using Parley.Platform;
using Parley.Workspaces;

namespace Parley.Inbox.Views;

/// <summary>A condition as it is sent: <c>{"field": "status", "op": "in", "value": ["open", "pending"]}</c>.</summary>
/// <param name="Value">A text, a list of texts where one of several is asked for, absent where nothing is.</param>
internal sealed record ConditionBody(string Field, string Op, JsonElement? Value = null);

/// <summary>Groups of conditions as they are sent.</summary>
internal sealed record FilterBody(ImmutableArray<ConditionBody>? All = null, ImmutableArray<ConditionBody>? Any = null, ImmutableArray<ConditionBody>? None = null);

/// <summary>Reads filters, says of each field what is wrong with it, and of what was right once what is gone since.</summary>
/// <param name="labels">The labels that there are: offered, or worn by some conversation.</param>
internal sealed partial class FilterReading(Roster roster, IReadOnlySet<string> labels)
{
    private const int MostConditions = 20;
    private const int MostValues = 50;
    private const int LongestValue = 200;

    private readonly List<FieldFlaw> _flaws = [];

    public IReadOnlyList<FieldFlaw> Flaws => _flaws;

    /// <param name="shared">Several people look at it.</param>
    /// <returns>Null where there are flaws.</returns>
    public ViewFilter? Read(FilterBody body, bool shared)
    {
        var filter = new ViewFilter(Group("filter.all", body.All), Group("filter.any", body.Any), Group("filter.none", body.None));
        var count = (filter.All?.Length ?? 0) + (filter.Any?.Length ?? 0) + (filter.None?.Length ?? 0);
        if (count is 0 or > MostConditions)
        {
            Flaw("filter", count == 0 ? "required" : "tooMany", count == 0 ? "A view asks for something." : $"At most {MostConditions} conditions.");
        }

        if (shared)
        {
            Personal(filter);
        }

        if (_flaws.Count == 0 && Contradictions.Find(filter) is { } path)
        {
            Flaw(path, "contradiction", "With the conditions before it nothing is left over.");
        }

        return _flaws.Count == 0 ? filter : null;
    }

    /// <summary>What a filter names that is gone.</summary>
    public IReadOnlyList<FieldFlaw> Broken(ViewFilter filter)
    {
        foreach (var (name, group) in new[] { ("all", filter.All), ("any", filter.Any), ("none", filter.None) })
        {
            for (var i = 0; i < (group?.Length ?? 0); i++)
            {
                Known($"filter.{name}[{i}]", group!.Value[i]);
            }
        }

        return _flaws;
    }

    private ImmutableArray<ViewCondition>? Group(string path, ImmutableArray<ConditionBody>? bodies) => bodies is not { IsEmpty: false } some
        ? null
        : [.. some.Take(MostConditions + 1).Select((body, i) => Condition($"{path}[{i}]", body))];

    private ViewCondition Condition(string path, ConditionBody body)
    {
        var condition = new ViewCondition(body.Field, body.Op, Values(body.Value) ?? []);
        if (Attributes.Field(body.Field, roster) is not { } field)
        {
            Flaw($"{path}.field", "unknown", "There is no such field.");
        }
        else if (!field.Ops.Contains(body.Op))
        {
            Flaw($"{path}.op", "unknown", $"Of {field.Name} can be asked: {string.Join(", ", field.Ops)}.");
        }
        else if (Fits(path, condition, Values(body.Value)))
        {
            Known(path, condition);
            // However it is written, it is the same number.
            return field.Kind == FieldKind.Number ? condition with { Values = [.. condition.Values.Select(value => Attributing.Number(value) ?? value)] } : condition;
        }

        return condition;
    }

    /// <summary>One text, or several; null for what is neither.</summary>
    private static ImmutableArray<string>? Values(JsonElement? value) => value switch
    {
        null or { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => [],
        { ValueKind: JsonValueKind.String } text => [text.GetString()!],
        { ValueKind: JsonValueKind.Number } number => [number.GetRawText()],
        { ValueKind: JsonValueKind.True } => ["true"],
        { ValueKind: JsonValueKind.False } => ["false"],
        { ValueKind: JsonValueKind.Array } list when list.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String) => [.. list.EnumerateArray().Select(one => one.GetString()!)],
        _ => null,
    };

    private bool Fits(string path, ViewCondition condition, ImmutableArray<string>? values)
    {
        var (least, most) = condition.Op switch { "isSet" or "isNotSet" => (0, 0), "in" or "notIn" => (1, MostValues), _ => (1, 1) };
        if (values is not { } given || given.Length < least || given.Length > most || given.Any(value => value.Length > LongestValue || string.IsNullOrWhiteSpace(value)))
        {
            Flaw($"{path}.value", "invalid", most == 0 ? "Nothing is asked for here." : most == 1 ? "One text." : $"A list of 1 to {MostValues} texts.");
            return false;
        }

        return true;
    }

    /// <summary>Whether what is asked for is there.</summary>
    private void Known(string path, ViewCondition condition)
    {
        var field = Attributes.Field(condition.Field, roster);
        if (field is null)
        {
            Flaw($"{path}.field", "unknown", "There is no such field any more.");
        }

        foreach (var value in condition.Values)
        {
            if (field is null || Wrong(field, condition.Op, value) is { } wrong && Flaw($"{path}.value", wrong.Code, wrong.Text))
            {
                return;
            }
        }
    }

    private (string Code, string Text)? Wrong(Field field, string op, string value) => field.Kind switch
    {
        FieldKind.Time or FieldKind.Ahead or FieldKind.Day => Question.Moment(op, value) is null
            ? ("invalid", op is "before" or "after" ? "A day or a time, as 2026-03-01 or 2026-03-01T12:00:00Z." : "How long, as PT2H or P3D; at least a minute.") : null,
        FieldKind.Number => Attributing.Number(value) is null ? ("number", "That is not a number.") : null,
        FieldKind.Inbox => roster.Inbox(InboxId.Parse(value)) is null ? ("unknown", "There is no such inbox.") : null,
        FieldKind.Team => roster.Teams.ContainsKey(TeamId.Parse(value)) ? null : ("unknown", "There is no such team."),
        FieldKind.Label => labels.Contains(Facts.Folded(value)) ? null : ("unknown", "There is no such label."),
        FieldKind.Language => Tag().IsMatch(value) ? null : ("invalid", "A language is written as de or pt-BR."),
        FieldKind.Holder when field.Allowed!.Contains(value) => null,
        FieldKind.Holder => roster.Agent(AgentId.Parse(value)) switch
        {
            null => ("unknown", "There is no such agent."),
            { Active: false } => ("gone", "This agent does not work here any more."),
            _ => null,
        },
        FieldKind.Word when field.Name == "channel" => value == "web" || roster.Inboxes.Values.Any(inbox => inbox.Settings.Channel == value) ? null : ("unknown", "There is no such channel."),
        _ => field.Allowed is { } allowed && !allowed.Contains(value) ? ("invalid", $"One of: {string.Join(", ", allowed)}.") : null,
    };

    /// <summary>Where several people look, "me" is whoever looks: that can be asked once, of who holds it, and of nothing else.</summary>
    private void Personal(ViewFilter filter)
    {
        var mine = 0;
        foreach (var (name, group) in new[] { ("all", filter.All), ("any", filter.Any), ("none", filter.None) })
        {
            for (var i = 0; i < (group?.Length ?? 0); i++)
            {
                if (Filter.IsMine(group!.Value[i]) && (name != "all" || group.Value[i].Op != "is" || ++mine > 1))
                {
                    Flaw($"filter.{name}[{i}].value", "personal", "In a view of several people \"me\" can be asked for once: holder is me, in all.");
                }
            }
        }
    }

    private bool Flaw(string field, string code, string text)
    {
        _flaws.Add(new(field, code, text));
        return true;
    }

    [GeneratedRegex("^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]
    private static partial Regex Tag();
}
