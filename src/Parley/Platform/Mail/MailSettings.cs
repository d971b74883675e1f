using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Parley.Platform.Mail;

/// <summary>How the connection to the mail server is kept private.</summary>
public enum MailSecurity { StartTls, Tls, None }

/// <summary>By which server mails go out: invitations, forgotten passwords, and answers that a customer has not seen. Without one, links are copied by hand.</summary>
public sealed record MailSettings(
    [param: Description("The SMTP server that mails are handed to. None: Parley sends no mail, and its links are copied by hand.")] string? Host = null,
    [param: Description("Its port."), Range(1, 65_535)] int Port = 587,
    [param: Description("startTls: encrypted after the greeting (port 587); tls: from the first byte (465); none: not at all, for a server on this machine.")] MailSecurity Security = MailSecurity.StartTls,
    [param: Description("The name to sign in with, where the server asks for one.")] string? User = null,
    [param: Description("Its password."), PasswordPropertyText] string? Password = null,
    [param: Description("The address that mails come from, as parley@example.org.")] string? From = null,
    [param: Description("The address at which customers' answers to mails arrive, as answers@example.org; which conversation is meant stands behind a + in it. None: mail.from.")] string? ReplyTo = null,
    [param: Description("A file (PEM) with the certificate that the mail server shows, or its authority's, where no public one signed it. None: what this machine trusts.")] string? Certificate = null,
    [param: Description("Seconds to wait for the mail server."), Range(1, 600)] int TimeoutSeconds = 30)
{
    /// <summary>The longest name before the @ behind which there is room for + and 42 characters that say which conversation an answer belongs to (RFC 5321, 4.5.3.1.1: 64).</summary>
    public const int LongestMailbox = 21;

    /// <summary>True where answers to a mail can say which conversation they belong to.</summary>
    public bool Answerable => (ReplyTo ?? From) is { } mailbox && mailbox.LastIndexOf('@') <= LongestMailbox;

    /// <summary>True where mails can be sent.</summary>
    public bool Set => Host is not null && From is not null;

    /// <summary>The server, as one is let in.</summary>
    internal MailServer Server => new(Host!, Port, Security) { User = User, Password = Password, Certificate = Certificate, TimeoutSeconds = TimeoutSeconds };

    /// <summary>What is wrong with them, in one sentence; null when they hold together.</summary>
    public string? Flaw => (Host, From) switch
    {
        (null, null) => null,
        (not null, null) => "mail.from is missing: the address that mails come from.",
        (null, not null) => "mail.host is missing: the server that mails are handed to.",
        _ when User is not null && Password is null => "mail.password is missing: mail.user is set.",
        _ when Certificate is not null && !File.Exists(Certificate) => $"mail.certificate is '{Certificate}', and there is no such file.",
        _ when !Sendable(From) => $"mail.from is '{From}', and must be a bare address like parley@example.org.",
        _ when ReplyTo is not null && !Sendable(ReplyTo) => $"mail.replyTo is '{ReplyTo}', and must be a bare address like answers@example.org.",
        _ when ReplyTo is not null && !Answerable => $"mail.replyTo is '{ReplyTo}', and must have at most {LongestMailbox} characters before the @: which conversation an answer belongs to stands behind them.",
        _ => null,
    };

    /// <summary>An address alone and in ASCII, as it stands in the envelope and in the letter: no name before it, nothing that would begin another line.</summary>
    private static bool Sendable(string from) =>
        from.All(letter => char.IsAscii(letter) && !char.IsControl(letter))
        && System.Net.Mail.MailAddress.TryCreate(from, out var parsed) && parsed.Address == from && !from.Contains('"');
}
