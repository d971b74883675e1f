using Parley.Platform.Mail.Writing;

namespace Parley.Platform.Mail;

/// <summary>A picture that travels in the mail, where its page names it as <c>cid:</c> and this id.</summary>
public sealed record Inline(string Id, string Mime, byte[] Bytes)
{
    public string? Name { get; init; }
}

/// <summary>A file that travels with the mail.</summary>
/// <param name="Open">Its content, from the beginning each time: a letter may be written more than once.</param>
public sealed record LetterFile(string Name, string Mime, Func<Stream> Open);

/// <summary>Somebody a mail goes to.</summary>
public sealed record LetterPerson(string Address, string? Name = null);

/// <summary>What goes to many, and where one leaves with one click (RFC 2369, 2919, 8058).</summary>
public sealed record LetterList(string Id, string Leave);

/// <summary>A mailbox of ours: by which server its mails go out, and as which address.</summary>
public sealed record MailAccount(MailServer Server, string Address);

/// <summary>Who wrote it (RFC 3834): a person, or a program by itself or as an answer.</summary>
public enum LetterOrigin { Generated, Replied, Person }

/// <summary>A mail to one person: plain text, and a page if one likes; nothing that tells us whether it was read.</summary>
public sealed record Letter(string To, string Subject, string Text)
{
    /// <summary>What the person is called.</summary>
    public string? Name { get; init; }

    /// <summary>Who else it is addressed to.</summary>
    public IReadOnlyList<LetterPerson> Others { get; init; } = [];

    /// <summary>Who gets it too, for all to see.</summary>
    public IReadOnlyList<LetterPerson> Cc { get; init; } = [];

    /// <summary>Who gets it too, and nobody sees that.</summary>
    public IReadOnlyList<string> Bcc { get; init; } = [];

    /// <summary>Who of those beside its recipient it is handed over for: the others, whom it names, have it already. Null: for all of them.</summary>
    public IReadOnlyCollection<string>? Only { get; init; }

    /// <summary>It went out once, and nobody knows whether it arrived.</summary>
    public bool Repeat { get; init; }

    /// <summary>In whose name it comes; null: Parley's.</summary>
    public string? From { get; init; }

    /// <summary>Where an answer goes; null: to where it comes from.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>The same as a page (HTML) that names nothing outside of the mail but what is clicked; null: text alone.</summary>
    public string? Page { get; init; }

    /// <summary>The one picture of the page.</summary>
    public Inline? Picture { get; init; }

    /// <summary>The pictures of the page.</summary>
    public IReadOnlyList<Inline> Pictures { get; init; } = [];

    public IReadOnlyList<LetterFile> Files { get; init; } = [];

    /// <summary>What is the same in all letters about one thing, so that mail programs show them together.</summary>
    public string? Thread { get; init; }

    /// <summary>By which others name it, without brackets; null: by its own id.</summary>
    public string? MessageId { get; init; }

    /// <summary>The mail that it answers, without brackets.</summary>
    public string? Answers { get; init; }

    /// <summary>The mails before it, the first first; of many the first and the newest are named.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    public LetterOrigin Origin { get; init; }

    public LetterList? List { get; init; }

    /// <summary>By which mailbox it goes; null: by the installation's own.</summary>
    public MailAccount? By { get; init; }

    /// <summary>Whether servers are asked to say when it cannot be delivered, or is late (RFC 3461).</summary>
    public bool Notices { get; init; }

    /// <summary>As it travels, in memory.</summary>
    internal async Task<byte[]> Bytes(string from, Guid id, DateTimeOffset at, bool eight = false)
    {
        var bytes = new MemoryStream();
        await LetterWriting.Write(this, new(from, id, at, eight), bytes);
        return bytes.ToArray();
    }
}
