using System.Globalization;
using Parley.Platform.Keys;
using Parley.Platform.Mail;
using Parley.Platform.Mail.Threads;
using Parley.Workspaces;

namespace Parley.Conversations;

/// <summary>The mailboxes of a company, by which its customers are written to and where their answers come in. Whoever keeps them knows.</summary>
public interface IMailboxes
{
    /// <summary>The mailbox in whose name customers of a brand are written to; null: it has none that works.</summary>
    ValueTask<MailAccount?> Of(WorkspaceId workspace, BrandId brand);

    /// <summary>Whether it has one.</summary>
    bool Has(Roster roster, BrandId brand);
}

/// <summary>What mails are called that tell somebody of words they have not seen: who hears that one did not arrive knows which words that were.</summary>
public static class NoticeNames
{
    public static string Of(KeyRing keys, ConversationId conversation, long first, long last, string domain) =>
        ThreadNames.MessageId(keys, conversation.Value, string.Create(CultureInfo.InvariantCulture, $"n{first}x{last}"), domain);

    /// <summary>The name of a conversation's transcript; each has its own, also when nothing was said in between.</summary>
    /// <param name="last">The last entry that is in it.</param>
    public static string OfTranscript(KeyRing keys, ConversationId conversation, long last, Guid mail, string domain) =>
        ThreadNames.MessageId(keys, conversation.Value, string.Create(CultureInfo.InvariantCulture, $"t{last}x{(uint)mail.GetHashCode()}"), domain);

    /// <summary>Null: it is none of these.</summary>
    public static (ConversationId Conversation, long First, long Last, bool IsTranscript)? Read(KeyRing keys, string id) =>
        ThreadNames.OfMessageId(keys, id) is { } thread && id[(id.IndexOf('.') + 1)..].Split('@')[0] is ['n' or 't', .. var rest] name && rest.Split('x') is [var from, var to]
            && long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var first) && long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            ? (new ConversationId(thread), first, name[0] == 't' ? first : last, name[0] == 't') : null;
}
