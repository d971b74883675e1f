using System.Collections.Immutable;
using Parley.Conversations;

namespace Parley.Channels;

/// <summary>Files of a kind that a channel carries.</summary>
/// <param name="Type">The beginning of a media type: <c>image/</c>, <c>application/pdf</c>; empty: anything.</param>
/// <param name="Bytes">The largest.</param>
public sealed record MediaRule(string Type, long Bytes);

/// <summary>For how long after their last word somebody may be written to freely.</summary>
/// <param name="Free">Anybody of ours may, so long.</param>
/// <param name="Human">After that only people may, until so long after the customer's word; null: nobody may.</param>
/// <param name="Templates">Outside of it prepared texts that the provider has approved still go.</param>
public sealed record WindowRule(TimeSpan Free, TimeSpan? Human = null, bool Templates = false)
{
    /// <summary>When it closes to people, and to machines; null: it is closed until the customer writes.</summary>
    public DateTimeOffset? Closes(DateTimeOffset? lastWord, bool human) => lastWord is { } at ? at + (human ? Human ?? Free : Free) : null;

    public bool Open(DateTimeOffset? lastWord, bool human, DateTimeOffset now) => Closes(lastWord, human) > now;
}

/// <summary>What is told back of a message that was handed over.</summary>
[Flags]
public enum Receipts { None = 0, Delivered = 1, Read = 2 }

/// <summary>What an address is, where it is of use elsewhere too.</summary>
public enum AddressKind { Other, Email, Phone }

/// <summary>What a channel can do: data, which composer, degradation and delivery go by. Nobody ever asks which channel it is.</summary>
public sealed record Capabilities
{
    /// <summary>Characters of one message; longer ones go in several.</summary>
    public int TextLimit { get; init; } = Content.TextLimit;

    /// <summary>Files that it carries; others go as links.</summary>
    public ImmutableArray<MediaRule> Media { get; init; } = [];

    /// <summary>Files go with the words, in one message, all of them together no larger than one may be.</summary>
    public bool FilesBeside { get; init; }

    /// <summary>For how many days a file that goes as a link can be fetched: on the next day a mail of Friday is not read yet.</summary>
    public int LinkDays { get; init; } = 1;

    /// <summary>How many buttons a message may bear; 0: none.</summary>
    public int Buttons { get; init; }

    /// <summary>Characters on a button.</summary>
    public int ButtonTitle { get; init; } = 20;

    public bool Carousels { get; init; }

    /// <summary>Texts that the provider has approved beforehand.</summary>
    public bool Templates { get; init; }

    public bool ReplyTo { get; init; }

    public bool Edit { get; init; }

    public bool Delete { get; init; }

    public bool Reactions { get; init; }

    public bool Typing { get; init; }

    /// <summary>We can tell the customer that their words were read.</summary>
    public bool ReadMarks { get; init; }

    public Receipts Receipts { get; init; }

    public WindowRule? Window { get; init; }

    /// <summary>A person has one thread for ever (a messenger); false: each subject has its own (mail).</summary>
    public bool OneThread { get; init; } = true;

    /// <summary>The other side discards what comes twice under one id, so that what may have arrived can be sent again.</summary>
    public bool Repeatable { get; init; }

    /// <summary>The provider itself knows who sends; false where a sender may write any address (a mail's From).</summary>
    public bool Vouches { get; init; } = true;

    public AddressKind Address { get; init; }

    /// <summary>An address means the same person in every inbox of this channel (a telephone number); false where each account has ids of its own.</summary>
    public bool AddressesAreShared { get; init; }

    /// <summary>Somebody who never wrote there may be written to first, by their address alone.</summary>
    public bool Begins { get; init; }

    /// <summary>For how long a message is tried.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromDays(1);

    /// <summary>Bytes of one request of the provider.</summary>
    public long RequestLimit { get; init; } = 1024 * 1024;

    /// <summary>Those of some files that go as files; the others go as links.</summary>
    public IReadOnlyList<FileCard> Carried(IEnumerable<FileCard> files)
    {
        var (carried, sum) = (new List<FileCard>(), 0L);
        foreach (var file in files.Where(file => Carries(file.Mime, file.Size)))
        {
            if (!FilesBeside || Carries(file.Mime, sum + file.Size))
            {
                carried.Add(file);
                sum += file.Size;
            }
        }

        return carried;
    }

    public bool Carries(string mime, long bytes) => Media.Any(rule => mime.StartsWith(rule.Type, StringComparison.OrdinalIgnoreCase) && bytes <= rule.Bytes);
}
