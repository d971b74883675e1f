using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Parley.Log;

namespace Parley.Conversations;

/// <summary>Has an agent told of what comes, though the conversation is another's: oneself, or a colleague.</summary>
/// <param name="AgentMay">Whether the agent is active and may use the inbox.</param>
public sealed record Follow(Origin Origin, ConversationId Conversation, AgentId Agent, [property: JsonIgnore] bool AgentMay = true) : ConversationCommand(Origin, Conversation);

public sealed record Unfollow(Origin Origin, ConversationId Conversation, AgentId Agent) : ConversationCommand(Origin, Conversation);

/// <param name="Cause"><c>manual</c>; <c>mentioned</c>: a colleague named them in a note; <c>merged</c>: they followed what goes on here.</param>
public sealed record Followed(AgentId Agent, string Cause) : EntryBody;

public sealed record Unfollowed(AgentId Agent) : EntryBody;

internal static class Tracking
{
    private const int Most = 50;

    public static Decision Decide(Conversation it, Follow follow) => follow switch
    {
        { AgentMay: false } => new Refusal("agent.unknown", "There is no such agent for this inbox.", 400) { Errors = [new("agent", "unknown", "There is no such agent for this inbox.")] },
        _ when Follows(it, follow.Agent) => Decision.Nothing,
        _ when it.Followers is { Length: >= Most } => new Refusal("followers.tooMany", $"At most {Most} agents follow a conversation."),
        _ => new Followed(follow.Agent, "manual"),
    };

    public static Decision Decide(Conversation it, Unfollow unfollow) => Follows(it, unfollow.Agent) ? new Unfollowed(unfollow.Agent) : Decision.Nothing;

    /// <summary>Whoever is named in a note hears what comes of it; who names them goes on as before.</summary>
    public static IEnumerable<Followed> Mentioned(Conversation it, Author by, ImmutableArray<AgentId>? named) =>
        (named ?? []).Where(agent => by.Id != agent.Value && !Follows(it, agent)).Take(Math.Max(0, Most - (it.Followers?.Length ?? 0))).Select(agent => new Followed(agent, "mentioned"));

    /// <summary>Whoever followed a conversation hears of the one in which it goes on.</summary>
    public static IEnumerable<Followed> Carried(Conversation it, Conversation into) =>
        (it.Followers ?? []).Where(agent => agent != into.Agent && !Follows(into, agent)).Take(Math.Max(0, Most - (into.Followers?.Length ?? 0))).Select(agent => new Followed(agent, "merged"));

    public static Conversation Apply(Conversation it, Followed followed) => Follows(it, followed.Agent) ? it : it with { Followers = (it.Followers ?? []).Add(followed.Agent) };

    public static Conversation Apply(Conversation it, Unfollowed gone) => it with { Followers = it.Followers?.Remove(gone.Agent) is { IsEmpty: false } left ? left : null };

    private static bool Follows(Conversation it, AgentId agent) => it.Followers?.Contains(agent) == true;
}
