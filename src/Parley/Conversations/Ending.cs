using Parley.Log;

namespace Parley.Conversations;

/// <summary>Ends the talk: the customer's "end chat", or the agent's.</summary>
public sealed record EndSession(Origin Origin, ConversationId Conversation) : ConversationCommand(Origin, Conversation);

internal static class Ending
{
    public static Decision Decide(Conversation it, EndSession end, Deciding deciding)
    {
        var by = end.Origin.Author.Kind == AuthorKind.Contact ? "contact" : "agent";
        return it.Mode switch
        {
            Mode.Ended => Closing.Over,
            _ when Devices.Refused(it, end) is { } elsewhere => elsewhere,
            Mode.Waiting when by == "contact" => Queueing.GiveUp(new Course(it, end, deciding), "ended").Decision,
            Mode.Waiting or Mode.Live or Mode.Paused => Modes.Leave(new Course(it, end, deciding), "ended", by).Decision,
            _ => Decision.Nothing,
        };
    }
}
