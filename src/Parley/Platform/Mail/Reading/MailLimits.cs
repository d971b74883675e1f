namespace Parley.Platform.Mail.Reading;

/// <summary>How much of one mail is read. What lies beyond is left unread or unkept, and the mail says so by a flaw; whoever hands a mail in keeps it as it came.</summary>
public static class MailLimits
{
    /// <summary>Bytes of the whole mail as it travels; the rest is not read (<see cref="MailFlaws.Long"/>). What providers let through is 25 to 150 MB.</summary>
    public const long Whole = 160L * 1024 * 1024;

    /// <summary>Bytes of one attachment when decoded; the rest is not kept (<see cref="MailFlaws.PartCut"/>).</summary>
    public const long Attachment = 100L * 1024 * 1024;

    /// <summary>Bytes of one text that is held in memory; the rest is not shown (<see cref="MailFlaws.TextCut"/>).</summary>
    public const int Text = 2 * 1024 * 1024;

    /// <summary>Bytes of all texts of one mail together.</summary>
    public const int Texts = 8 * 1024 * 1024;

    /// <summary>Bytes of one header field; the rest of it is dropped (<see cref="MailFlaws.HeaderCut"/>). A thousand recipients take half of it.</summary>
    public const int Field = 128 * 1024;

    /// <summary>Bytes of all header fields of one part.</summary>
    public const int Block = 512 * 1024;

    /// <summary>Bytes of all header fields of the whole mail, however many parts it has.</summary>
    public const int Blocks = 4 * 1024 * 1024;

    /// <summary>Header fields of one part.</summary>
    public const int Fields = 2_000;

    /// <summary>Parts in parts in parts; what lies deeper is one attachment, as it came (<see cref="MailFlaws.Deep"/>).</summary>
    public const int Depth = 40;

    /// <summary>Parts of one mail; what comes after them is one attachment, as it came (<see cref="MailFlaws.Parts"/>).</summary>
    public const int Parts = 1_000;

    /// <summary>Addresses of one list.</summary>
    public const int Mailboxes = 2_000;

    /// <summary>Letters of a file's name; its ending stays.</summary>
    public const int Name = 180;
}
