namespace Parley.Platform.Mail.Imap;

/// <summary>From the first word of a server to a conversation that is private and in somebody's name.</summary>
internal static class ImapEntry
{
    public static async Task<(TcpConnection Line, ImapTalk Talk)> Open(MailServer server, TimeProvider time, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(server.Patience, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancel, patience.Token);
        var line = new TcpConnection();
        try
        {
            line.Socket = await server.Dial(both.Token);
            line.Stream = line.Socket.GetStream();
            if (server.Security == MailSecurity.Tls)
            {
                line.Stream = await server.Encrypted(line.Stream, both.Token);
            }

            return (line, await Enter(server, line, time, both.Token, cancel));
        }
        catch (Exception error)
        {
            await line.DisposeAsync();
            if (error is OperationCanceledException && !cancel.IsCancellationRequested)
            {
                throw new MailServerFailed(MailFault.Port, $"{server} did not answer within {server.TimeoutSeconds} seconds.", error);
            }

            throw;
        }
    }

    private static async Task<ImapTalk> Enter(MailServer server, TcpConnection line, TimeProvider time, CancellationToken soon, CancellationToken cancel)
    {
        var talk = new ImapTalk(new(line.Stream!, server.Patience, time), time);
        var isKnown = await Greeted(server, talk, soon);
        if (server.Security == MailSecurity.StartTls)
        {
            talk = await Encrypt(server, line, talk, isKnown, time, soon);
        }

        if (!isKnown && (server.User is not null || server.Token is not null))
        {
            await Capable(talk, cancel);
            await SignIn(server, talk, cancel);
        }

        // What it can do is often another once it knows to whom.
        await talk.Do("CAPABILITY", cancel);
        if (talk.Can.Contains("ID"))
        {
            await talk.Do("ID (\"name\" \"Parley\")", cancel);
        }

        return talk;
    }

    /// <summary>True where it knows who we are already (PREAUTH).</summary>
    private static async Task<bool> Greeted(MailServer server, ImapTalk talk, CancellationToken soon)
    {
        ImapAnswer greeting;
        try
        {
            greeting = await talk.Hear(soon);
        }
        catch (MailServerFailed failed) when (failed.Fault is MailFault.Silent or MailFault.Broken)
        {
            throw new MailServerFailed(MailFault.Port, $"At {server} nothing greets as a mail server does: {failed.Message}", failed);
        }

        return greeting is { Tag: "*", Word: "OK" or "PREAUTH" } ? greeting.Word == "PREAUTH"
            : throw new MailServerFailed(greeting is { Tag: "*", Word: "NO" or "BAD" } ? MailFault.Busy : MailFault.Port, $"At {server} something else greets than an IMAP server: {Shown(greeting)}");
    }

    private static string Shown(ImapAnswer greeting) => greeting.Text is { Length: > 120 } text ? text[..120].TrimEnd('\uD800') : greeting.Text;

    /// <summary>Never without it where it was asked for: whoever sits between could take the offer away, or say that all is well already.</summary>
    private static async Task<ImapTalk> Encrypt(MailServer server, TcpConnection line, ImapTalk talk, bool isKnown, TimeProvider time, CancellationToken soon)
    {
        if (isKnown)
        {
            throw new MailServerFailed(MailFault.Encryption, $"{server} goes on without encryption.");
        }

        await Capable(talk, soon);
        if (!talk.Can.Contains("STARTTLS") || !(await talk.Do("STARTTLS", soon)).IsOk)
        {
            throw new MailServerFailed(MailFault.Encryption, $"{server} does not offer STARTTLS, and nothing is sent in the clear.");
        }

        if (talk.Wire.IsAhead)
        {
            throw new MailServerFailed(MailFault.Encryption, $"{server} says something between STARTTLS and the encryption, which is not believed.");
        }

        line.Stream = await server.Encrypted(line.Stream!, soon);
        return new(new(line.Stream, server.Patience, time), time);
    }

    private static async Task Capable(ImapTalk talk, CancellationToken cancel)
    {
        if (talk.Can.Count == 0)
        {
            await talk.Do("CAPABILITY", cancel);
        }
    }

    private static async Task SignIn(MailServer server, ImapTalk talk, CancellationToken cancel)
    {
        var user = server.User ?? "";
        ImapEnd end;
        if (server.Token is { } token)
        {
            if (!talk.Can.Contains("AUTH=XOAUTH2"))
            {
                throw new MailServerFailed(MailFault.Login, $"{server} takes no tokens (XOAUTH2).");
            }

            var first = await token(cancel);
            end = await Authenticate(talk, "XOAUTH2", MailServer.Bearer(user, first), cancel);
            if (end.Word == "NO" && !end.IsPassing && server.Renewed is { } renewed && await renewed(first, cancel) is { } second)
            {
                end = await Authenticate(talk, "XOAUTH2", MailServer.Bearer(user, second), cancel);
            }
        }
        else if (talk.Can.Contains("AUTH=PLAIN"))
        {
            end = await Authenticate(talk, "PLAIN", MailServer.Plain(user, server.Password ?? ""), cancel);
        }
        else
        {
            end = !talk.Can.Contains("LOGINDISABLED") ? await talk.Do(["LOGIN", ImapTalk.Text(user), ImapTalk.Text(server.Password ?? "")], null, cancel)
                : throw new MailServerFailed(MailFault.Login, $"{server} lets nobody sign in as Parley can (PLAIN, LOGIN or XOAUTH2).");
        }

        if (!end.IsOk)
        {
            throw new MailServerFailed(end.Reason is "UNAVAILABLE" or "LIMIT" or "INUSE" ? MailFault.Busy : MailFault.Login, $"The mail server said '{end.Text}' to signing in.");
        }
    }

    /// <summary>RFC 4959: at once where it takes that. A token that is refused is explained in a question (base64), which is answered with nothing.</summary>
    private static Task<ImapEnd> Authenticate(ImapTalk talk, string how, byte[] secret, CancellationToken cancel)
    {
        var said = Convert.ToBase64String(secret);
        var isSaid = talk.Can.Contains("SASL-IR");
        return talk.Do([isSaid ? $"AUTHENTICATE {how} {said}" : $"AUTHENTICATE {how}"], null, cancel, _ =>
        {
            var answer = isSaid ? "" : said;
            isSaid = true;
            return answer;
        });
    }
}

/// <summary>A socket, and what is spoken over it: closed together.</summary>
internal sealed class TcpConnection : IAsyncDisposable
{
    public System.Net.Sockets.TcpClient? Socket { get; set; }

    public Stream? Stream { get; set; }

    public async ValueTask DisposeAsync()
    {
        // The socket first: nobody waits for a goodbye of the encryption.
        Socket?.Dispose();
        try
        {
            await (Stream?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException)
        {
            // It is gone already.
        }
    }
}
