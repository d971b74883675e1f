using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Parley.Platform.Keys;
using Parley.Platform.Mail.Reading;

namespace Parley.Platform.Mail.Threads;

/// <summary>What in a mail says to which thread it belongs, the nearest first. What its subject says is no part of it: anybody may write that.</summary>
/// <param name="Answers">Threads of mails of ours that it names.</param>
/// <param name="Addressed">Threads that stand in an address it went to.</param>
/// <param name="References">Ids of mails that are not ours.</param>
public sealed record MailTies(IReadOnlyList<Guid> Answers, IReadOnlyList<Guid> Addressed, IReadOnlyList<string> References)
{
    /// <summary>Where servers note the address a mail was for, which need not stand in To.</summary>
    private static readonly string[] Envelopes = ["Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "X-Delivered-To", "X-Forwarded-To"];

    public static MailTies Of(ReadMail mail, KeyRing keys)
    {
        // The mail it answers, then those before that, the newest first.
        var ids = mail.InReplyTo.Concat(mail.References.Reverse()).Distinct(StringComparer.Ordinal).ToList();
        var named = ids.Select(id => (Id: id, Thread: ThreadNames.OfMessageId(keys, id))).ToList();
        var addresses = mail.To.Concat(mail.Cc).Concat(mail.Bcc).Concat(Envelopes.SelectMany(mail.Headers.People)).Select(one => one.Address);
        return new(
            [.. named.Select(each => each.Thread).OfType<Guid>().Distinct()],
            [.. addresses.Select(address => ThreadNames.OfAddress(keys, address)).OfType<Guid>().Distinct()],
            [.. named.Where(each => each.Thread is null).Select(each => each.Id)]);
    }

    /// <summary>
    /// By what a mail that comes again is known, whichever way it comes (by an alias, from another folder, under new numbers): its id with its sender and hour, since
    /// an id alone may be anybody's; all of it where it has none.
    /// </summary>
    /// <param name="hash">Of all its bytes.</param>
    public static string Key(ReadMail mail, ReadOnlySpan<byte> hash) => mail.MessageId is { } id
        ? "m" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{id}\n{mail.From.FirstOrDefault()?.Address.ToLowerInvariant()}\n{mail.Date?.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture) ?? Body(mail)}")).AsSpan(0, 20))
        : "h" + Convert.ToHexStringLower(hash[..Math.Min(20, hash.Length)]);

    /// <summary>What it says tells two of one id apart where no hour does.</summary>
    private static string Body(ReadMail mail) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(mail.Text ?? mail.Page ?? "")));
}
