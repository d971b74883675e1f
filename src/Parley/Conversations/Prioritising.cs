using Parley.Log;

namespace Parley.Conversations;

public sealed record SetPriority(Origin Origin, ConversationId Conversation, Priority Priority) : ConversationCommand(Origin, Conversation);

public sealed record PriorityChanged(Priority From, Priority To) : EntryBody;

internal static class Prioritising
{
    public static Decision Decide(Conversation it, SetPriority set) => it.Priority == set.Priority ? Decision.Nothing : new PriorityChanged(it.Priority, set.Priority);
}
