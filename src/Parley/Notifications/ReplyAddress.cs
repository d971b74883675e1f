using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parley.Conversations;
using Parley.Platform;
using Parley.Platform.Keys;
using Parley.Platform.Mail;

namespace Parley.Notifications;

/// <summary>
/// The address that an answer to a mail goes to: which conversation it belongs to stands behind a + (RFC 5233), with a tag that nobody else can make. In
/// letters and digits that survive being written in capitals; short enough for the 64 characters of RFC 5321, 4.5.3.1.1.
/// </summary>
internal static class ReplyAddress
{
    private const string Purpose = "mail.reply";
    private const int Tag = 16;

    /// <param name="mailbox">Where answers arrive, without a token.</param>
    /// <returns>Null where the mailbox's name is so long that no token has room beside it.</returns>
    public static string? Of(KeyRing keys, string mailbox, ConversationId id)
    {
        var at = mailbox.LastIndexOf('@');
        return at > MailSettings.LongestMailbox ? null : string.Create(CultureInfo.InvariantCulture, $"{mailbox[..at]}+{Base32.Encode(id.Value)}{Sign(keys, id)}{mailbox[at..]}");
    }

    /// <summary>The conversation that an address names; null where it names none, or the tag is not ours.</summary>
    public static ConversationId? Read(KeyRing keys, string address)
    {
        var local = address.Split('@')[0].ToLowerInvariant();
        // The mailbox may have a + of its own.
        var token = local[(local.LastIndexOf('+') + 1)..];
        if (token.Length != 26 + Tag || !Base32.TryDecode(token.AsSpan(0, 26), out var value))
        {
            return null;
        }

        var id = new ConversationId(value);
        return keys.Tags(Purpose, id.Bytes).Any(tag => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Short(tag)), Encoding.ASCII.GetBytes(token[26..]))) ? id : null;
    }

    private static string Sign(KeyRing keys, ConversationId id) => Short(keys.Tags(Purpose, id.Bytes).First());

    private static string Short(byte[] tag) => Convert.ToHexStringLower(tag.AsSpan(0, Tag / 2));
}
