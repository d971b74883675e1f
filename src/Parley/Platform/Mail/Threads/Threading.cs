namespace Parley.Platform.Mail.Threads;

/// <summary>By what a mail found its thread.</summary>
public enum ThreadedBy { OwnId, Address, References }

/// <summary>Who is in a thread, by addresses in small letters.</summary>
/// <param name="Contact">The addresses of the person it is with.</param>
/// <param name="Others">Who had mails of it too, openly.</param>
public sealed record ThreadPeople(IReadOnlySet<string> Contact, IReadOnlySet<string> Others);

/// <summary>What is known of the threads that a mail may belong to.</summary>
/// <param name="Threads">Those that there are (still); a thread that is missing here is none.</param>
/// <param name="Mails">Threads of mails that came in before, by their ids.</param>
public sealed record ThreadFacts(IReadOnlyDictionary<Guid, ThreadPeople> Threads, IReadOnlyDictionary<string, Guid> Mails);

/// <summary>Where a mail belongs.</summary>
public abstract record Threaded
{
    private Threaded()
    {
    }

    /// <summary>In a thread of its own.</summary>
    public sealed record Begins : Threaded;

    /// <summary>In this one, as a word of somebody who is in it.</summary>
    public sealed record Goes(Guid Thread, ThreadedBy By, bool IsContact) : Threaded;

    /// <summary>In this one, for it has something of ours that stands nowhere else; but from an address that nobody there is known by. Shown as from that address, unverified, and the agent is told.</summary>
    public sealed record Unverified(Guid Thread, ThreadedBy By, string From) : Threaded;
}

/// <summary>
/// In which thread a mail belongs: by a mail of ours that it answers, then by the address it went to, then by mails of theirs that it names. Ids of others prove nothing
/// (anybody who was written to knows them), so by these alone nobody comes into a thread who is not in it: two strangers never share one.
/// </summary>
public static class Threading
{
    /// <param name="from">The sender's address; empty where there is none.</param>
    public static Threaded Decide(MailTies ties, string from, ThreadFacts facts)
    {
        var sender = from.Trim().ToLowerInvariant();
        foreach (var (thread, by) in ties.Answers.Select(thread => (thread, ThreadedBy.OwnId)).Concat(ties.Addressed.Select(thread => (thread, ThreadedBy.Address))))
        {
            if (facts.Threads.TryGetValue(thread, out var people))
            {
                return IsIn(people, sender) ? new Threaded.Goes(thread, by, people.Contact.Contains(sender)) : new Threaded.Unverified(thread, by, sender);
            }
        }

        foreach (var id in ties.References)
        {
            if (facts.Mails.TryGetValue(id, out var thread) && facts.Threads.TryGetValue(thread, out var people) && IsIn(people, sender))
            {
                return new Threaded.Goes(thread, ThreadedBy.References, people.Contact.Contains(sender));
            }
        }

        return new Threaded.Begins();
    }

    private static bool IsIn(ThreadPeople people, string sender) => sender.Length > 0 && (people.Contact.Contains(sender) || people.Others.Contains(sender));
}
