using System.Globalization;

namespace Parley.Platform.Mail.Imap;

/// <summary>A mail as it lies in a mailbox.</summary>
/// <param name="Uid">Its number in its folder.</param>
/// <param name="Received">When it came into the mailbox; null: the server does not say.</param>
/// <param name="Raw">As it came. A large one lies in a file that goes when this is closed.</param>
/// <param name="IsCut">Longer than <see cref="Reading.MailLimits.Whole"/>: the rest was left there.</param>
public sealed record ImapMail(uint Uid, DateTimeOffset? Received, Stream Raw, bool IsCut);

/// <summary>
/// Has mails by pieces: the first pieces of several at once, the rest one after the other. So a mailbox of small mails is quick and one with large mails
/// needs little memory, and no size that a server claims is believed (Exchange's are off). Small ones that lie side by side are handed over together, a large one alone.
/// </summary>
/// <param name="givesUp">Whether a mail that the server could not hand out just now is passed over all the same.</param>
internal sealed class ImapFetching(ImapTalk talk, Func<IReadOnlyList<ImapMail>, Task> take, Func<uint, string, Task> miss, Func<uint, string, Task<bool>> givesUp)
{
    private sealed record Begun(uint Uid, DateTimeOffset? Received, byte[] Piece);

    public async Task Fetch(IReadOnlyList<uint> uids, CancellationToken cancel)
    {
        foreach (var some in uids.Chunk(ImapLimits.Together))
        {
            var begun = new Dictionary<uint, Begun>();
            await First(some, begun, cancel);
            var small = new List<ImapMail>();
            foreach (var uid in some)
            {
                if (begun.Remove(uid, out var mail) && mail.Piece.Length < ImapLimits.Piece)
                {
                    small.Add(Small(mail));
                    continue;
                }

                // What lies before it is taken before it.
                await Taken(small);
                // Gone; or one that the server cannot hand out made it refuse its neighbours.
                mail ??= await Alone(uid, cancel);
                if (mail is not null)
                {
                    await Whole(mail, cancel);
                }
            }

            await Taken(small);
        }
    }

    private async Task Taken(List<ImapMail> small)
    {
        if (small.Count > 0)
        {
            await take([.. small]);
            small.Clear();
        }
    }

    private static ImapMail Small(Begun mail) => new(mail.Uid, mail.Received, new MemoryStream(mail.Piece, writable: false), false);

    private async Task<ImapEnd> First(uint[] uids, Dictionary<uint, Begun> into, CancellationToken cancel) => await talk.Do(
        [string.Create(CultureInfo.InvariantCulture, $"UID FETCH {string.Join(',', uids)} (UID INTERNALDATE BODY.PEEK[]<0.{ImapLimits.Piece}>)")],
        answer =>
        {
            if (answer.Word == "FETCH" && Piece(answer) is { } piece)
            {
                // Alone it is the one that was asked for, whether it says so or not.
                var uid = Uid(answer) ?? (uids is [var only] ? only : 0);
                if (uids.Contains(uid))
                {
                    into[uid] = new(uid, Received(answer), piece);
                }
            }
        },
        cancel);

    private async Task<Begun?> Alone(uint uid, CancellationToken cancel)
    {
        var begun = new Dictionary<uint, Begun>();
        var end = await First([uid], begun, cancel);
        if (begun.TryGetValue(uid, out var mail))
        {
            return mail;
        }

        await Refused(uid, end);
        return null;
    }

    private async Task Whole(Begun mail, CancellationToken cancel)
    {
        if (mail.Piece.Length < ImapLimits.Piece)
        {
            await take([Small(mail)]);
            return;
        }

        // For nobody else to read while it is there.
        await using var file = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 4096, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        await file.WriteAsync(mail.Piece, cancel);
        var isCut = false;
        for (var last = mail.Piece; last.Length >= ImapLimits.Piece && !isCut; isCut = file.Length >= Reading.MailLimits.Whole)
        {
            if (await Rest(mail.Uid, file.Length, cancel) is not { } piece)
            {
                return;
            }

            last = piece;
            await file.WriteAsync(piece, cancel);
        }

        file.Position = 0;
        await take([new(mail.Uid, mail.Received, file, isCut)]);
    }

    /// <summary>Null: it is gone meanwhile, or not handed out, and that was told.</summary>
    private async Task<byte[]?> Rest(uint uid, long from, CancellationToken cancel)
    {
        byte[]? piece = null;
        var isThere = false;
        var end = await talk.Do(
            [string.Create(CultureInfo.InvariantCulture, $"UID FETCH {uid} (UID BODY.PEEK[]<{from}.{ImapLimits.Piece}>)")],
            answer =>
            {
                var isIt = answer.Word == "FETCH" && (Uid(answer) ?? uid) == uid;
                piece = isIt ? Piece(answer) ?? piece : piece;
                isThere |= isIt;
            },
            cancel);
        await Refused(uid, end);
        if (!end.IsOk)
        {
            return null;
        }

        // What begins behind the end is nothing (NIL or an empty string), and the mail was whole.
        return piece ?? (isThere ? [] : null);
    }

    /// <summary>A server that is in trouble itself says nothing of this mail.</summary>
    private async Task Refused(uint uid, ImapEnd end)
    {
        if (end.IsOk)
        {
            return;
        }

        if (end.IsPassing && !await givesUp(uid, end.Text))
        {
            throw ImapSession.Unwilling(end, "FETCH");
        }

        await miss(uid, end.Text);
    }

    /// <summary>The first bytes of what is asked for, by the mail's number; null: it is not handed out.</summary>
    public static async Task<(uint Uid, byte[] Bytes)?> Look(ImapTalk talk, string what, CancellationToken cancel)
    {
        (uint, byte[])? found = null;
        var end = await talk.Do([what], answer => found = answer.Word == "FETCH" && Uid(answer) is { } uid && Piece(answer) is { } piece ? (uid, piece) : found, cancel);
        return end.IsOk ? found : null;
    }

    private static uint? Uid(ImapAnswer answer) => After(answer, "UID") is { } value && uint.TryParse(value.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var uid) ? uid : null;

    /// <summary>Null: this answer brings none along.</summary>
    private static byte[]? Piece(ImapAnswer answer) => After(answer, "BODY[") is { IsNil: false, List: null } value
        ? value.Bytes.Length <= ImapLimits.Piece ? value.Bytes : throw new MailServerFailed(MailFault.Broken, "The mail server brings more of a mail than it was asked for.")
        : null;

    private static DateTimeOffset? Received(ImapAnswer answer) => After(answer, "INTERNALDATE") is { } value
        && DateTimeOffset.TryParseExact(value.Text.Trim(), ["d-MMM-yyyy HH:mm:ss zzz", "dd-MMM-yyyy HH:mm:ss zzz"], CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out var at) ? at : null;

    private static ImapValue? After(ImapAnswer answer, string name)
    {
        var pairs = answer.Values is [{ List: { } inner }, ..] ? inner : [];
        for (var i = 0; i + 1 < pairs.Count; i++)
        {
            if (pairs[i].List is null && (name.EndsWith('[') ? pairs[i].Text.StartsWith(name, StringComparison.OrdinalIgnoreCase) : pairs[i].Is(name)))
            {
                return pairs[i + 1];
            }
        }

        return null;
    }
}
