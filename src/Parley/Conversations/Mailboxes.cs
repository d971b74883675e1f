using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parley.Log;
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
    /// <param name="said">The last of the words, as it stands in the log.</param>
    public static string Of(KeyRing keys, ConversationId conversation, long first, Entry said, string domain) =>
        ThreadNames.MessageId(keys, conversation.Value, string.Create(CultureInfo.InvariantCulture, $"n{first}x{said.Seq}x{Tag(said)}"), domain);

    /// <summary>
    /// What tells a word from another that stood in its place before a backup was put back: mail programs show the second of two mails of one name to nobody. The same
    /// word, made anew, has the same.
    /// </summary>
    public static string Tag(Entry said) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{said.Subject.Id:N} {said.Seq} {said.Position} {said.At.ToUnixTimeMilliseconds()} {said.Command}"))).AsSpan(0, 4));

    /// <summary>The name of a conversation's transcript; each has its own, also when nothing was said in between.</summary>
    /// <param name="last">The last entry that is in it.</param>
    public static string OfTranscript(KeyRing keys, ConversationId conversation, long last, Guid mail, string domain) =>
        ThreadNames.MessageId(keys, conversation.Value, string.Create(CultureInfo.InvariantCulture, $"t{last}x{(uint)mail.GetHashCode()}"), domain);

    /// <summary>Null: it is none of these.</summary>
    public static (ConversationId Conversation, long First, long Last, bool IsTranscript)? Read(KeyRing keys, string id) =>
        ThreadNames.OfMessageId(keys, id) is { } thread && id[(id.IndexOf('.') + 1)..].Split('@')[0] is ['n' or 't', .. var rest] name && rest.Split('x') is [var from, var to, ..]
            && long.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var first) && long.TryParse(to, NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            ? (new ConversationId(thread), first, name[0] == 't' ? first : last, name[0] == 't') : null;
}
