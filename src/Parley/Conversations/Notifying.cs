using Parley.Log;

namespace Parley.Conversations;

/// <summary>The customer is told elsewhere of words that they have not seen.</summary>
/// <param name="By"><c>mail</c> or <c>push</c>.</param>
/// <param name="First">The first word that they have not seen.</param>
public sealed record Notify(Origin Origin, ConversationId Conversation, string By, long First, long Last) : ConversationCommand(Origin, Conversation);

public sealed record Notified(string By, long First, long Last) : EntryBody;

internal static class Notifying
{
    /// <summary>Of what is not there (any more) nobody is told.</summary>
    public static Decision Decide(Notify notify, Deciding deciding) =>
        notify.First < 1 || notify.Last < notify.First || notify.Last > deciding.Seq ? Decision.Nothing : new Notified(notify.By, notify.First, notify.Last);
}
