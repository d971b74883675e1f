using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Parley.Platform.Mail.Reading;

namespace Parley.Tests.Cast;

/// <summary>A mail server on this machine that takes everything, or refuses, or says nothing at all, and keeps what it got. With a certificate it encrypts.</summary>
public sealed class MailSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentQueue<(string To, string Text)> _mails = new();
    private readonly ConcurrentQueue<string> _whole = new();
    private readonly ConcurrentQueue<(string Line, bool Encrypted)> _said = new();
    private readonly ConcurrentQueue<(TcpClient Socket, Task Talk)> _calls = new();
    private readonly X509Certificate2? _certificate;
    private readonly Task _listening;

    public MailSink(X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.Start();
        _listening = Listen();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it answers to a recipient; 250 takes.</summary>
    public string Recipient { get; set; } = "250 yes";

    /// <summary>What it says to a whole letter; null: it hangs up.</summary>
    public string? Taken { get; init; } = "250 kept";

    /// <summary>What it says that it can do.</summary>
    public string[] Offers { get; init; } = [];

    /// <summary>What it answers to a line; null for what everybody would.</summary>
    public Func<string, string?> Answers { get; set; } = _ => null;

    /// <summary>Told of every letter, to whom and whole, before it says that it took it; false: it hangs up then, and has it all the same.</summary>
    public Func<string, string, bool> Takes { get; set; } = (_, _) => true;

    /// <summary>Encrypted from the first byte.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>It takes the call and says nothing.</summary>
    public bool IsSilent { get; init; }

    public IReadOnlyCollection<(string To, string Text)> Mails => _mails;

    /// <summary>The same as they came.</summary>
    public IReadOnlyCollection<string> Whole => _whole;

    /// <summary>Every line that it was told, and whether that was encrypted.</summary>
    public IReadOnlyCollection<(string Line, bool Encrypted)> Said => _said;

    public (string Key, string Value)[] Settings => [("mail.host", "127.0.0.1"), ("mail.port", $"{Port}"), ("mail.security", "none"), ("mail.from", "parley@lighthouse.test")];

    /// <summary>The newest mail to somebody, within ten seconds.</summary>
    public async Task<string> To(string address, int nth = 1)
    {
        for (var tries = 0; tries < 200; tries++)
        {
            if (_mails.Where(mail => mail.To == address).Skip(nth - 1).Select(mail => mail.Text).FirstOrDefault() is { } text)
            {
                return text;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException($"No mail came to {address}.");
    }

    /// <summary>What stands behind the # of the link in a mail.</summary>
    public static string Token(string text) => text.Split('#')[1].Split('\n', '\r')[0].Trim();

    /// <summary>How many called.</summary>
    public int Calls => _calls.Count;

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _listening;
        _listener.Dispose();
        foreach (var (socket, talk) in _calls)
        {
            socket.Dispose();
            await talk;
        }
    }

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptTcpClientAsync();
                _calls.Enqueue((socket, Hear(socket)));
            }
        }
        catch (Exception error) when (error is SocketException or InvalidOperationException)
        {
            // The test is over: stopped while waiting for a call, or between two.
        }
    }

    /// <summary>Whoever calls while another is there is heard, too.</summary>
    private async Task Hear(TcpClient socket)
    {
        using (socket)
        {
            try
            {
                await Talk(socket);
            }
            catch (Exception error) when (error is IOException or AuthenticationException or ArgumentException or InvalidOperationException)
            {
                // Whoever called hung up, or did not trust the certificate; or the test is over.
            }
        }
    }

    private async Task Talk(TcpClient socket)
    {
        await using var bare = socket.GetStream();
        if (IsSilent)
        {
            await bare.CopyToAsync(Stream.Null);
            return;
        }

        await using var first = IsEncrypted ? await Encrypted(bare) : null;
        if (await Talk((Stream?)first ?? bare, greets: true, encrypted: IsEncrypted))
        {
            await using var safe = await Encrypted(bare);
            await Talk(safe, greets: false, encrypted: true);
        }
    }

    /// <summary>True when what follows is to be encrypted.</summary>
    private async Task<bool> Talk(Stream stream, bool greets, bool encrypted)
    {
        var reader = new StreamReader(stream, new UTF8Encoding(false), leaveOpen: true);
        var writer = new StreamWriter(stream, new ASCIIEncoding(), leaveOpen: true) { AutoFlush = true, NewLine = "\r\n" };
        if (greets)
        {
            await writer.WriteLineAsync("220 lighthouse.test");
        }

        var to = "";
        while (await reader.ReadLineAsync() is { } line)
        {
            _said.Enqueue((line, encrypted));
            var word = line.Split(' ', ':')[0];
            if (word == "RCPT")
            {
                to = line["RCPT TO:<".Length..line.IndexOf('>')];
            }

            var answer = Answers(line);
            await writer.WriteLineAsync(answer ?? word switch
            {
                "EHLO" => string.Concat(Offers.Prepend("lighthouse.test").Select(offer => $"250-{offer}\r\n")) + "250 8BITMIME",
                "RCPT" => Recipient,
                "DATA" => "354 go on",
                "QUIT" => "221 bye",
                "STARTTLS" when _certificate is not null => "220 go on",
                "STARTTLS" or "AUTH" => "502 not here",
                _ => "250 yes",
            });
            if (word == "DATA" && answer is null or ['3', ..])
            {
                var mail = await Until(reader);
                if (Taken is null)
                {
                    return false;
                }

                _whole.Enqueue(mail);
                _mails.Enqueue((to, Read(mail)));
                if (!Takes(to, mail))
                {
                    return false;
                }

                await writer.WriteLineAsync(Taken);
            }
            else if (word == "QUIT" || (word == "STARTTLS" && _certificate is not null))
            {
                return word == "STARTTLS";
            }
        }

        return false;
    }

    private async Task<SslStream> Encrypted(Stream stream)
    {
        var safe = new SslStream(stream, leaveInnerStreamOpen: true);
        await safe.AuthenticateAsServerAsync(_certificate!);
        return safe;
    }

    private static async Task<string> Until(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync() is var line && line != ".")
        {
            text.AppendLine(line ?? throw new IOException("Whoever called hung up in the middle of a mail: it was not taken."));
        }

        return text.ToString();
    }

    /// <summary>The page of a mail, unpacked.</summary>
    public static string Page(string mail) => Part(mail, "text/html");

    /// <summary>The headers, and the text unpacked.</summary>
    public static string Read(string mail) => mail[..mail.IndexOf("\n\n", StringComparison.Ordinal)] + "\n\n" + Part(mail, "text/plain");

    private static string Part(string mail, string type)
    {
        var text = MailReader.Read(Encoding.UTF8.GetBytes(mail)).Body.All().First(part => part.Type == type).Text!;
        return type == "text/plain" ? text.Replace("\n", "\r\n", StringComparison.Ordinal) : text;
    }
}
