using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;
using Parley.Platform;

namespace Parley.Conversations;

/// <summary>Several wishes as one: all of it is done, in order, or nothing.</summary>
/// <param name="Steps">Each is decided on what those before it left.</param>
public sealed record Combine(Origin Origin, ConversationId Conversation, [property: JsonIgnore] ImmutableArray<ConversationCommand> Steps) : ConversationCommand(Origin, Conversation)
{
    /// <summary>Something was written meanwhile that was not looked at.</summary>
    public static readonly Refusal Overtaken = new("conversation.changed", "Something else happened at the same moment. Try again.");

    /// <summary>The last entry that was looked at, where it is done only if nothing was written since.</summary>
    [JsonIgnore]
    public long? At { get; init; }

    /// <summary>What colleagues call it; null where it was put together just now.</summary>
    [JsonIgnore]
    public string? Name { get; init; }

    [JsonIgnore]
    public override ImmutableArray<Subject> Others => [.. Steps.SelectMany(step => step.Others).Distinct()];
}

/// <summary>What was written just before was done as one.</summary>
/// <param name="Name">What colleagues called that then.</param>
public sealed record Combined(string Name) : EntryBody;

internal static class Combining
{
    /// <param name="decide">How each is decided by itself.</param>
    public static Decision Decide(Conversation it, Combine combine, Deciding deciding, Func<Conversation, Command, Deciding, Decision> decide)
    {
        if (combine.At is { } at && at != deciding.Seq)
        {
            return Combine.Overtaken;
        }

        var course = new Course(it, combine, deciding);
        foreach (var (index, step) in combine.Steps.Index())
        {
            var decision = decide(course.It, step, deciding with { Seq = course.Next - 1 });
            if (decision.Refusal is { } refusal)
            {
                return refusal with { Errors = [new FieldFlaw($"actions[{index}]", refusal.Code, refusal.Detail)] };
            }

            course.Take(decision);
        }

        return combine.Name is { } name && !course.Decision.Drafts.IsEmpty ? course.ThenOwn(new Combined(name)).Decision : course.Decision;
    }
}
