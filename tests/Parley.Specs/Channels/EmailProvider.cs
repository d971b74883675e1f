using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Parley.Platform.Mail.Reading;
using Parley.Tests.Cast;

namespace Parley.Specs.Channels;

/// <summary>People with mail programs, and the servers between them and us: mails are handed in as a mail server's pipe does, and taken as a server takes them.</summary>
public sealed class EmailProvider : Provider
{
    private const string Domain = "example.test";

    private readonly MailSink _server = new();
    private readonly ConcurrentDictionary<string, ConcurrentQueue<string>> _threads = new();
    private string _address = "";
    private string _hook = "";

    public EmailProvider()
    {
        _server.Answers = line => line.Split(' ', ':')[0] is var word && word == "EHLO" && Called() ? null : (word, Mood) switch
        {
            ("RCPT", Mood.Throttles) => "451 4.7.1 rate limit exceeded, try again in 30 seconds",
            ("MAIL", Mood.Down) => "421 service not available",
            ("MAIL", Mood.WrongSettings) => "530 5.7.0 authentication required",
            ("DATA", Mood.Refuses) => "554 5.6.0 this is not taken",
            _ => null,
        };
        _server.Takes = (to, whole) =>
        {
            var mail = MailReader.Read(Encoding.UTF8.GetBytes(whole));
            var name = to.Split('@')[0];
            _threads.GetOrAdd(name, _ => []).Enqueue(mail.MessageId!);
            Hear(mail.MessageId!, name, mail.Text!.Split('\n').First(line => line.Trim().Length > 0).Trim());
            return Mood != Mood.TakesAndHangs;
        };
    }

    public override string Kind => "email";

    public override object Settings => new { address = "support@lighthouse.test", sendHost = "127.0.0.1", sendPort = _server.Port, sendSecurity = "none" };

    public override void Connect(string address, IReadOnlyDictionary<string, string> made, Clock clock) =>
        (_address, _hook) = ((new Uri(address, UriKind.RelativeOrAbsolute) is { IsAbsoluteUri: true } whole ? whole.AbsolutePath : address).Replace("/inbound", "/mime", StringComparison.Ordinal), made["hook"]);

    public override async Task<Answer> Say(Caller caller, string? key, params Word[] words)
    {
        Answer? last = null;
        foreach (var word in words)
        {
            last = await Send(caller, Mail(word));
        }

        return last!;
    }

    public override Task<Answer> Forge(Caller caller, bool old, Word word) => Send(caller, Mail(word), hook: old ? "" : "guessed");

    /// <summary>Nobody wrote the first.</summary>
    public override async Task<Answer> Mangle(Caller caller, Word good)
    {
        await Send(caller, "Subject: Who am I?\r\nMessage-ID: <nobody@nowhere.test>\r\n\r\nNobody knows.\r\n");
        return await Say(caller, null, good);
    }

    public override Task<Answer> Tell(Caller caller, string key, string message, string state) => Send(caller, state == "read"
        ? Report(key, "disposition-notification", $"Final-Recipient: rfc822; ana@{Domain}\r\nOriginal-Message-ID: <{message}>\r\nDisposition: manual-action/MDN-sent-manually; displayed", message)
        : Report(key, "delivery-status", $"Reporting-MTA: dns; mx.{Domain}\r\n\r\nFinal-Recipient: rfc822; ana@{Domain}\r\nAction: {state}\r\nStatus: {(state == "failed" ? "5.1.1" : "2.0.0")}", message));

    public override Task<Answer> Flood(Caller caller) => Send(caller, "From: ana@example.test\r\n\r\n" + new string('x', 64 * 1024 * 1024));

    public override async ValueTask DisposeAsync() => await _server.DisposeAsync();

    /// <summary>Any mail, shown as it must be.</summary>
    public Task<Answer> Send(Caller caller, string mail, string? hook = null)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(mail)) { Headers = { ContentType = new MediaTypeHeaderValue("message/rfc822") } };
        return caller.Send(HttpMethod.Post, _address, content, ("authorization", $"Bearer {hook ?? _hook}"));
    }

    private bool Called()
    {
        Calls++;
        return true;
    }

    /// <summary>A mail program names what it answers, and what was before that.</summary>
    private string Mail(Word word)
    {
        var thread = _threads.GetOrAdd(word.From, _ => []);
        var before = string.Join(' ', thread.Select(id => $"<{id}>"));
        thread.Enqueue($"{word.Key}@{Domain}");
        return $"From: {word.Name} <{word.From}@{Domain}>\r\nTo: support@lighthouse.test\r\nSubject: A question\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\nMessage-ID: <{word.Key}@{Domain}>\r\n"
            + (before.Length > 0 ? $"In-Reply-To: <{thread.SkipLast(1).Last()}>\r\nReferences: {before}\r\n" : "") + $"\r\n{word.Text}\r\n";
    }

    private static string Report(string key, string type, string said, string message) =>
        $"From: MAILER-DAEMON@{Domain}\r\nTo: support@lighthouse.test\r\nSubject: Report\r\nMessage-ID: <{key}@mx.{Domain}>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/report; report-type={type}; boundary=b\r\n\r\n"
        + $"--b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n--b\r\nContent-Type: message/{type}\r\n\r\n{said}\r\n\r\n--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <{message}>\r\n\r\n--b--\r\n";
}

public sealed class EmailChannelSpec : ChannelSpec
{
    protected override Provider Provider() => new EmailProvider();
}
