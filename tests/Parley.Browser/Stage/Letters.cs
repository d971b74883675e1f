using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace Parley.Browser.Stage;

/// <summary>A mailbox into which mails are handed, and out of which they go to a sink.</summary>
public sealed class Letters(Person kim, Uri server, string inbox, string hook)
{
    public const string Us = "support@lighthouse.test";

    public string Inbox => inbox;

    public static async Task<Letters> Of(Person kim, Uri server, MailSink sink, string name = "Support")
    {
        var made = (await kim.Post("/v1/channels", new { kind = "email", name, settings = new { address = Us, sendHost = "127.0.0.1", sendPort = sink.Port, sendSecurity = "none" } })).Expect(HttpStatusCode.Created);
        return new(kim, server, made["inbox"], made.Body.GetProperty("made").GetProperty("hook").GetString()!);
    }

    /// <summary>A mail server hands it in.</summary>
    public async Task Hand(string mail)
    {
        using var http = new HttpClient(new SocketsHttpHandler()) { BaseAddress = server };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", hook);
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings("\r\n")));
        content.Headers.ContentType = new("message/rfc822");
        (await http.PostAsync($"/v1/channels/{inbox}/mime", content)).EnsureSuccessStatusCode();
    }

    /// <summary>The same, and it stands in the list.</summary>
    public async Task Came(string mail)
    {
        await Hand(mail);
        await Ears.Eventually(async () => (await kim.Get("/v1/conversations")).Expect(HttpStatusCode.OK).Body.GetProperty("items").GetArrayLength().ShouldBe(1));
    }

    /// <summary>What a server says of a mail of ours: it is late, or nobody takes it.</summary>
    /// <param name="sent">The mail, as it went out.</param>
    public Task Report(string sent, string recipient, bool late) => Hand($"""
        From: MAILER-DAEMON@mx.test
        To: {Header(sent, "Reply-To")}
        Message-ID: <{(late ? "late" : "gone")}.{Header(sent, "Message-ID").Trim('<', '>')}.report@mx.test>
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.test

        Final-Recipient: rfc822; {recipient}
        Action: {(late ? "delayed" : "failed")}
        Status: {(late ? "4.4.1" : "5.1.1")}
        Diagnostic-Code: smtp; {(late ? "421 4.4.1 no answer yet" : "550 5.1.1 nobody of that name")}

        --b
        Content-Type: text/rfc822-headers

        Message-ID: {Header(sent, "Message-ID")}

        --b--
        """);

    /// <summary>A header of a mail, on one line.</summary>
    public static string Header(string mail, string name)
    {
        var lines = mail.Split('\n').Select(line => line.TrimEnd('\r')).TakeWhile(line => line.Length > 0).ToList();
        var at = lines.FindIndex(line => line.StartsWith($"{name}:", StringComparison.OrdinalIgnoreCase));
        at.ShouldBeGreaterThanOrEqualTo(0, $"There is no {name}.");
        return string.Join(' ', lines.Skip(at + 1).TakeWhile(line => line[0] is ' ' or '\t').Prepend(lines[at][(name.Length + 1)..]).Select(line => line.Trim()));
    }
}
