namespace Parley.Platform.Mail.Reading;

/// <summary>By what a part is signed or hidden. Nothing here checks it, and what is hidden stays so; what is merely within its signature <see cref="Wrapped"/> opens.</summary>
public enum MailSeal { None, PgpSigned, PgpEncrypted, SmimeSigned, SmimeEncrypted }

/// <summary>One part of a mail: a text, a file, or parts again (RFC 2046).</summary>
public sealed class MailPart(HeaderFields headers, string fallback)
{
    private static readonly string[] Files = ["text/calendar", "text/vcard", "text/x-vcard", "text/directory", "text/rfc822-headers", "text/csv", "text/xml", "text/css", "text/javascript"];

    private readonly SortedSet<string> _flaws = [];
    private readonly List<MailPart> _parts = [];
    private bool _isOpen;

    public HeaderFields Headers => headers;

    /// <summary>Content-Type, with what it says besides.</summary>
    public Worded Content { get; } = Worded.Parse(headers["Content-Type"]);

    public Worded Disposition { get; } = Worded.Parse(headers["Content-Disposition"]);

    /// <summary>As in <c>text/plain</c>: small letters, and always two words.</summary>
    public string Type => field ??= Named();

    /// <summary>The file's name, without a path; null: it has none.</summary>
    public string? Name { get; internal set; } = FileName(headers);

    /// <summary>By which a page shows it, as <c>cid:</c> and this; null: not at all.</summary>
    public string? ContentId { get; } = MessageIds.Parse(headers["Content-ID"]) is [var id, ..] ? id : headers["Content-ID"]?.Trim() is { Length: > 0 } bare ? bare : null;

    /// <summary>Whether it is meant to be read with the mail, and not to be opened.</summary>
    public bool IsBody => Type.StartsWith("text/", StringComparison.Ordinal) && !Files.Contains(Type) && Disposition.Value != "attachment" && Name is null;

    /// <summary>Whether it tells programs what became of a mail: text that is held in memory, but is no part of what one reads.</summary>
    public bool IsNotice => Type is "message/delivery-status" or "message/global-delivery-status" or "message/disposition-notification" or "message/global-disposition-notification" or "message/feedback-report" or "message/global-headers" or "text/rfc822-headers";

    public bool HasParts => _isOpen || Type.StartsWith("multipart/", StringComparison.Ordinal) && !Flaws.Contains(MailFlaws.Deep) && !Flaws.Contains(MailFlaws.Parts);

    /// <summary>What Outlook packs everything into when it does not know better (winmail.dat).</summary>
    public bool IsTnef => Type is "application/ms-tnef" or "application/vnd.ms-tnef" || "winmail.dat".Equals(Name, StringComparison.OrdinalIgnoreCase);

    public IReadOnlyList<MailPart> Parts => _parts;

    /// <summary>The mail in the mail (message/rfc822); null: it is none.</summary>
    public ReadMail? Mail { get; internal set; }

    /// <summary>Of a text: what it says. Its lines end with a line feed.</summary>
    public string? Text { get; internal set; }

    /// <summary>What was unpacked: of a text only if it could not be read, of a file if nobody else wanted to keep it; null: it is elsewhere, or there is none.</summary>
    public byte[]? Bytes { get; internal set; }

    /// <summary>Bytes, unpacked, also of what was not kept.</summary>
    public long Size { get; internal set; }

    public MailSeal Seal => Type switch
    {
        "multipart/signed" => Content["protocol"]?.Contains("pgp", StringComparison.OrdinalIgnoreCase) == true ? MailSeal.PgpSigned : MailSeal.SmimeSigned,
        "multipart/encrypted" => MailSeal.PgpEncrypted,
        "application/pkcs7-mime" or "application/x-pkcs7-mime" => Content["smime-type"]?.Contains("signed", StringComparison.OrdinalIgnoreCase) == true ? MailSeal.SmimeSigned : MailSeal.SmimeEncrypted,
        _ when Text?.Contains("-----BEGIN PGP MESSAGE-----", StringComparison.Ordinal) == true => MailSeal.PgpEncrypted,
        _ when Text?.Contains("-----BEGIN PGP SIGNED MESSAGE-----", StringComparison.Ordinal) == true => MailSeal.PgpSigned,
        _ => MailSeal.None,
    };

    /// <summary>What was wrong with it (<see cref="MailFlaws"/>).</summary>
    public ISet<string> Flaws => _flaws;

    internal void Add(MailPart part) => _parts.Add(part);

    /// <summary>What was within it, in ways that are no MIME: that is what it is from now on.</summary>
    internal void Unwrap(IEnumerable<MailPart> within)
    {
        _isOpen = true;
        _parts.AddRange(within);
    }

    /// <summary>It and everything in it, in order; not what is in a mail within.</summary>
    public IEnumerable<MailPart> All() => _parts.SelectMany(part => part.All()).Prepend(this);

    /// <summary>RFC 2045, 5.2: what says nothing that can be understood is plain text, or what its parent says.</summary>
    private string Named() => Content.Value switch
    {
        "" => fallback,
        "text" or "plain" => "text/plain",
        "html" => "text/html",
        "multipart" => "multipart/mixed",
        var value when value.IndexOf('/') is > 0 and var slash && slash < value.Length - 1 => value,
        _ => "text/plain",
    };

    private static string? FileName(HeaderFields headers)
    {
        var said = Worded.Parse(headers["Content-Disposition"])["filename"] ?? Worded.Parse(headers["Content-Type"])["name"];
        var bare = HeaderFields.OneLine(said ?? "").Split('/', '\\')[^1].Trim().Trim('"');
        if (bare.Length > MailLimits.Name)
        {
            var ending = Path.GetExtension(bare) is { Length: < 20 } some ? some : "";
            bare = bare[..(MailLimits.Name - ending.Length)].TrimEnd('\uD800') + ending;
        }

        return bare.Trim('.').Length == 0 ? null : bare;
    }
}
