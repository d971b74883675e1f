using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parley.Platform.Keys;

namespace Parley.Platform.Mail.Threads;

/// <summary>
/// What of a thread stands in its mails, so that an answer finds back: behind a + in the address that answers go to (RFC 5233), and in the id of each mail. With
/// a tag that nobody else can make, in letters and digits that survive being written in capitals; short enough for the 64 characters of RFC 5321, 4.5.3.1.1.
/// </summary>
public static class ThreadNames
{
    private const string Purpose = "mail.reply";
    private const int Tag = 16;
    private const int Length = 26 + Tag;

    /// <param name="mailbox">Where answers arrive, without a token.</param>
    /// <returns>Null where the mailbox's name is so long that no token has room beside it.</returns>
    public static string? Address(KeyRing keys, string mailbox, Guid thread)
    {
        var at = mailbox.LastIndexOf('@');
        return at > MailSettings.LongestMailbox ? null : $"{mailbox[..at]}+{Token(keys, thread)}{mailbox[at..]}";
    }

    /// <param name="message">Which mail of the thread it is, in letters and digits.</param>
    public static string MessageId(KeyRing keys, Guid thread, string message, string domain) => $"{Token(keys, thread)}.{message}@{domain}";

    /// <summary>The thread that an address names; null where it names none, or the tag is not ours.</summary>
    public static Guid? OfAddress(KeyRing keys, string address)
    {
        var local = address.Split('@')[0];
        // The mailbox may have a + of its own.
        return Read(keys, local[(local.LastIndexOf('+') + 1)..]);
    }

    /// <summary>The thread that a mail of ours belongs to, by its id; null: it is none of ours.</summary>
    public static Guid? OfMessageId(KeyRing keys, string id) => id.Length > Length && id[Length] == '.' ? Read(keys, id[..Length]) : null;

    private static Guid? Read(KeyRing keys, string said)
    {
        var token = said.ToLowerInvariant();
        return token.Length == Length && Base32.TryDecode(token.AsSpan(0, 26), out var thread)
            && keys.Tags(Purpose, Bytes(thread)).Any(tag => CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Short(tag)), Encoding.ASCII.GetBytes(token[26..])))
            ? thread : null;
    }

    private static string Token(KeyRing keys, Guid thread) => string.Create(CultureInfo.InvariantCulture, $"{Base32.Encode(thread)}{Short(keys.Tags(Purpose, Bytes(thread)).First())}");

    private static byte[] Bytes(Guid thread) => thread.ToByteArray(bigEndian: true);

    private static string Short(byte[] tag) => Convert.ToHexStringLower(tag.AsSpan(0, Tag / 2));
}
