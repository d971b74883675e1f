using Parley.Conversations;
using Parley.Platform.Keys;
using Parley.Platform.Mail.Threads;

namespace Parley.Notifications;

/// <summary>The address that an answer to a mail goes to: which conversation it belongs to stands behind a + (<see cref="ThreadNames"/>).</summary>
internal static class ReplyAddress
{
    /// <param name="mailbox">Where answers arrive, without a token.</param>
    /// <returns>Null where the mailbox's name is so long that no token has room beside it.</returns>
    public static string? Of(KeyRing keys, string mailbox, ConversationId id) => ThreadNames.Address(keys, mailbox, id.Value);

    /// <summary>The conversation that an address names; null where it names none, or the tag is not ours.</summary>
    public static ConversationId? Read(KeyRing keys, string address) => ThreadNames.OfAddress(keys, address) is { } id ? new ConversationId(id) : null;
}
