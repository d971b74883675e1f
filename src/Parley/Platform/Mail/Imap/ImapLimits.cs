namespace Parley.Platform.Mail.Imap;

/// <summary>How much is believed of a server. Beyond it the conversation ends (<see cref="MailFault.Broken"/>), and begins anew where it stood.</summary>
public static class ImapLimits
{
    /// <summary>Bytes of one answer without what it brings along: a search in a mailbox of a million mails takes seven million.</summary>
    public const int Line = 8 * 1024 * 1024;

    /// <summary>Bytes of all answers to one command.</summary>
    public const long Command = 32L * 1024 * 1024;

    /// <summary>Bytes of a mail that are asked for at once, and the most that any answer brings along.</summary>
    public const int Piece = 256 * 1024;

    /// <summary>Bytes of a mail's head, where nothing else of it is handed out.</summary>
    public const int Head = 16 * 1024;

    /// <summary>Mails whose first piece is asked for at once: what one mailbox holds in memory at most is this many pieces.</summary>
    public const int Together = 16;

    /// <summary>Lists in lists.</summary>
    public const int Depth = 32;

    /// <summary>What a mailbox may name of folders; more are not looked at.</summary>
    public const int Folders = 2_000;

    /// <summary>RFC 2177, 3: a server may hang up after 30 minutes, so one never waits longer.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromMinutes(28);

    /// <summary>The longest that one command may take, however busily the server talks.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
}
