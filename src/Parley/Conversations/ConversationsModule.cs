namespace Parley.Conversations;

public static class ConversationsModule
{
    public static readonly Module Module = new("Conversations")
    {
        Kinds = [new ConversationKind()],
        Entries = ConversationKind.Entries,
    };
}
