using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Parley.Platform.Mail.Writing;

/// <summary>As whom and when, and how much of other scripts the servers on the way take.</summary>
/// <param name="Eight">Letters of other scripts go as they are (8BITMIME, RFC 6152).</param>
internal sealed record LetterHead(string From, Guid Id, DateTimeOffset At, bool Eight = false);

/// <summary>A letter as it travels (RFC 5322, 2045–2047, 2231, 2387, 3834, 6532). What lies in files goes through a small buffer.</summary>
internal static partial class LetterWriting
{
    /// <summary>Mails that a mail names: the first, by which programs find the thread, and the newest.</summary>
    private const int MostReferences = 12;

    /// <summary>The same for Exchange, which does not heed the other everywhere ([MS-OXCMAIL] 2.2.3.2.14).</summary>
    private const string Silent = "X-Auto-Response-Suppress: All\r\n";

    /// <summary>Of one that may have arrived before under the same Message-ID.</summary>
    public const string Repeat = "X-Parley-Repeat";

    private const int Buffer = 57 * 1024;

    public static async Task Write(Letter letter, LetterHead head, Stream to, CancellationToken cancel = default)
    {
        await Say(to, Walled(Headers(letter, head)), cancel);
        // No packed line has an = before a _.
        var boundary = $"=_{head.Id:N}";
        if (letter.Files.Count == 0)
        {
            await Body(letter, head, boundary, to, cancel);
            return;
        }

        await Say(to, $"Content-Type: multipart/mixed;\r\n boundary=\"{boundary}-m\"\r\n\r\n--{boundary}-m\r\n", cancel);
        await Body(letter, head, boundary, to, cancel);
        foreach (var file in letter.Files)
        {
            await Say(to, $"--{boundary}-m\r\nContent-Type: {Type(file.Mime)}\r\nContent-Disposition: attachment{HeaderText.Parameter("filename", file.Name)}\r\nContent-Transfer-Encoding: base64\r\n\r\n", cancel);
            await using var content = file.Open();
            await Pack(content, to, cancel);
        }

        await Say(to, $"--{boundary}-m--\r\n", cancel);
    }

    private static string Headers(Letter letter, LetterHead head)
    {
        var domain = head.From[(head.From.IndexOf('@') + 1)..];
        var before = letter.Thread is { } thread ? [$"{thread}@{domain}"] : Short(letter.References, letter.Answers);
        return new StringBuilder()
            .Append("From: ").Append(HeaderText.Person(letter.From ?? "Parley", head.From, 6)).Append("\r\n")
            .Append(HeaderText.People("To", [HeaderText.Person(letter.Name, letter.To, 4), .. letter.Others.Select(one => HeaderText.Person(one.Name, one.Address, 4))]))
            .Append(HeaderText.People("Cc", [.. letter.Cc.Select(one => HeaderText.Person(one.Name, one.Address, 4))]))
            .Append(letter.ReplyTo is null ? "" : $"Reply-To: <{letter.ReplyTo}>\r\n")
            .Append(HeaderText.Field("Subject", letter.Subject))
            .Append("Date: ").Append(head.At.ToString("ddd, dd MMM yyyy HH:mm:ss ", CultureInfo.InvariantCulture)).Append(head.At.ToString("zzz", CultureInfo.InvariantCulture).Replace(":", "", StringComparison.Ordinal)).Append("\r\n")
            .Append("Message-ID: <").Append(letter.MessageId ?? $"{head.Id:N}@{domain}").Append(">\r\n")
            .Append(HeaderText.Ids("In-Reply-To", letter.Answers is { } answers && IsId(answers) ? [answers] : [.. before.TakeLast(1)]))
            .Append(HeaderText.Ids("References", before))
            // RFC 3834: nobody's absence is announced to a machine.
            .Append(letter.Origin switch { LetterOrigin.Person => "", LetterOrigin.Replied => $"Auto-Submitted: auto-replied\r\n{Silent}", _ => $"Auto-Submitted: auto-generated\r\n{Silent}" })
            .Append(letter.List is { } list ? $"List-Id: <{list.Id}>\r\nList-Unsubscribe: <{list.Leave}>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n" : "")
            .Append(letter.Repeat ? $"{Repeat}: 1\r\n" : "")
            .Append("MIME-Version: 1.0\r\n")
            .ToString();
    }

    /// <summary>Whatever went before: nothing that a stranger wrote begins a line here, or ends the letter.</summary>
    private static string Walled(string headers) => Strange().IsMatch(headers) ? throw new MailFailed("In its header stands what no header has.", final: true) { Kind = MailRefusal.Rejected } : headers;

    [GeneratedRegex(@"\r(?!\n)|(?<!\r)\n|[\u0000-\u0008\u000b-\u000c\u000e-\u001f\u007f]|\r\n(?=\r\n)")]
    private static partial Regex Strange();

    private static IReadOnlyList<string> Short(IReadOnlyList<string> references, string? answers)
    {
        List<string> all = [.. references.Append(answers).OfType<string>().Where(IsId).Distinct()];
        return all.Count <= MostReferences ? all : [all[0], .. all.TakeLast(MostReferences - 1)];
    }

    /// <summary>What strangers put into theirs begins no line of ours.</summary>
    private static bool IsId(string id) => id.Length is > 0 and <= 250 && id.All(letter => letter is > ' ' and <= '~' and not ('<' or '>'));

    /// <summary>The plainest first (RFC 2046, 5.1.4), pictures beside the page that shows them (RFC 2387).</summary>
    private static async Task Body(Letter letter, LetterHead head, string boundary, Stream to, CancellationToken cancel)
    {
        if (letter.Page is null)
        {
            await Say(to, Text("text/plain", letter.Text, head, letter.Files.Count > 0), cancel);
            return;
        }

        await Say(to, $"Content-Type: multipart/alternative;\r\n boundary=\"{boundary}-a\"\r\n\r\n--{boundary}-a\r\n{Text("text/plain", letter.Text, head, true)}--{boundary}-a\r\n", cancel);
        var pictures = letter.Picture is { } one ? [one, .. letter.Pictures] : letter.Pictures;
        if (pictures.Count == 0)
        {
            await Say(to, Text("text/html", letter.Page, head, true), cancel);
        }
        else
        {
            await Say(to, $"Content-Type: multipart/related; type=\"text/html\";\r\n boundary=\"{boundary}-r\"\r\n\r\n--{boundary}-r\r\n{Text("text/html", letter.Page, head, true)}", cancel);
            foreach (var picture in pictures)
            {
                await Say(to, $"--{boundary}-r\r\nContent-Type: {Type(picture.Mime)}\r\nContent-ID: <{picture.Id}>\r\nContent-Disposition: inline{(picture.Name is { } name ? HeaderText.Parameter("filename", name) : "")}\r\nContent-Transfer-Encoding: base64\r\n\r\n{BodyText.Base64(picture.Bytes)}", cancel);
            }

            await Say(to, $"--{boundary}-r--\r\n", cancel);
        }

        await Say(to, $"--{boundary}-a--\r\n", cancel);
    }

    /// <param name="within">Whether a boundary follows, to which the last line's end belongs (RFC 2046, 5.1.1).</param>
    private static string Text(string type, string text, LetterHead head, bool within)
    {
        var (packing, lines) = BodyText.Pack(text, head.Eight);
        return $"Content-Type: {type}; charset=utf-8\r\nContent-Transfer-Encoding: {packing}\r\n\r\n{lines}{(within && packing != "base64" && text.EndsWith('\n') ? "\r\n" : "")}";
    }

    /// <summary>Two words, or nobody knows what it is.</summary>
    private static string Type(string mime) => mime.Split('/') is [{ Length: > 0 } kind, { Length: > 0 } name] && mime.Length < 120 && (kind + name).All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '+' or '_')
        && kind is not ("multipart" or "message") ? mime : "application/octet-stream";

    private static async Task Pack(Stream content, Stream to, CancellationToken cancel)
    {
        var buffer = new byte[Buffer];
        for (int read; (read = await content.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancel)) > 0;)
        {
            await Say(to, BodyText.Base64(buffer.AsSpan(0, read)), cancel);
        }
    }

    private static ValueTask Say(Stream to, string text, CancellationToken cancel) => to.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
}
