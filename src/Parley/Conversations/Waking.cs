using Parley.Log;

namespace Parley.Conversations;

/// <summary>A time that the conversation waited for has come. Late or doubled it does nothing.</summary>
public sealed record Wake(Origin Origin, ConversationId Conversation) : ConversationCommand(Origin, Conversation), IWake;

internal static class Waking
{
    public static Decision Decide(Conversation it, Deciding deciding) => Snoozing.Due(it, deciding.Now);
}
