namespace Parley.Platform.Mail.Reading;

/// <summary>What was wrong with a mail that was read all the same: codes that stay as they are.</summary>
public static class MailFlaws
{
    /// <summary>The mail is longer than is read; what it ends with is missing.</summary>
    public const string Long = "mail.long";

    /// <summary>Parts within parts, deeper than is looked: kept as one attachment.</summary>
    public const string Deep = "mail.deep";

    /// <summary>More parts than are told apart: the others are kept as one attachment.</summary>
    public const string Parts = "mail.parts";

    public const string HeaderCut = "header.cut";

    /// <summary>A line among the headers is none and was passed over.</summary>
    public const string HeaderGarbage = "header.garbage";

    /// <summary>No empty line stands between headers and text.</summary>
    public const string NoSeparator = "header.unended";

    /// <summary>The text names a charset that nobody knows: its bytes are kept, and shown as what they look like.</summary>
    public const string CharsetUnknown = "charset.unknown";

    /// <summary>Some bytes mean nothing in the charset that the text names: they are shown as �, and kept.</summary>
    public const string CharsetBroken = "charset.broken";

    /// <summary>How it is packed is unknown: it is kept as it came.</summary>
    public const string EncodingUnknown = "encoding.unknown";

    /// <summary>It is not quite packed as it says; what could be read of it is kept.</summary>
    public const string EncodingBroken = "encoding.broken";

    public const string PartCut = "part.cut";

    public const string TextCut = "text.cut";

    /// <summary>It says that it has parts and has none: it is shown as text.</summary>
    public const string NoParts = "parts.missing";

    /// <summary>Its last part does not end; what came is kept.</summary>
    public const string NoEnd = "parts.unended";

    /// <summary>It calls itself a picture, and is an archive, a program or a page.</summary>
    public const string Disguised = "part.disguised";
}
