using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;

namespace Parley.Server.Demo.Tour;

/// <summary>Something to try. Its id is what is ticked.</summary>
internal sealed record Try(string Id, string Title, string How);

/// <summary>
/// What was tried since the demo was started, as the log and the streams tell it: nobody ticks by clicking. Only what happens with a customer who is
/// not simulated counts, but for the one thing that is about the simulated.
/// </summary>
internal sealed class Tries(Func<ContactId, bool> simulated, Func<ContactId, bool> present)
{
    public static readonly IReadOnlyList<Try> All =
    [
        new("ask", "Ask something", "At the left, as Ana. Noor has it at the right before you look up."),
        new("answer", "Answer it as Noor", "In the same thread, at the right. Watch the ticks: sent, delivered, read."),
        new("note", "Ask a colleague in a note", "Switch the composer to Note and write @Ravi. Ana never sees it."),
        new("choose", "Let her choose, or fill in a form", "From the composer, as Noor: quick replies, or the shop’s form for measurements. Ana answers with a press."),
        new("leave", "Close Ana’s tab", "With the cross above the shop. After five seconds Noor sees that she is gone."),
        new("away", "Write to her while she is gone", "Then open the shop again: every word is in its place, below a line that says what is new."),
        new("telephone", "Come back on a telephone", "Choose Telephone above the shop: another device, the same Ana, the same thread."),
        new("again", "Close it, and write once more", "Noor closes the conversation; one more word from Ana, and the same thread is open again."),
        new("mail", "Read the mail that she gets", "Write to her while her tab is closed. Some seconds later what she has not seen is in the mailbox, with a link that opens the thread."),
        new("night", "Ask at ten in the evening", "Under “Clock, rules, mail” set the clock to 22:00, and begin a new conversation as Ana: the shop is closed, and she reads when the answer comes."),
        new("strict", "Switch to strict live, and back", "Also there. What goes on keeps the rules that it began with; what begins now is a session with an end."),
        new("others", "Answer somebody else", "Mila and others come by under Unassigned. They read, think, and answer back."),
    ];

    private readonly Lock _gate = new();
    private readonly HashSet<string> _done = [];
    private readonly Dictionary<Subject, Talk> _threads = [];
    private readonly Dictionary<Subject, HashSet<string>> _devices = [];
    private readonly Dictionary<ContactId, bool> _here = [];
    private readonly HashSet<Subject> _strict = [];

    /// <summary>The ids of what is done, in the order of the list.</summary>
    public IReadOnlyList<string> Done
    {
        get
        {
            lock (_gate)
            {
                return [.. All.Select(one => one.Id).Where(_done.Contains)];
            }
        }
    }

    /// <summary>Told synchronously by the fanout.</summary>
    public void Hear(Committed committed)
    {
        lock (_gate)
        {
            foreach (var entry in committed.Entries)
            {
                Hear(entry);
            }

            foreach (var mark in committed.Marks.Where(mark => mark is { Kind: Seeing.SeenMark, Participant.Kind: AuthorKind.Contact }))
            {
                Tick("away", _threads.GetValueOrDefault(mark.Subject) is { Missed: { } missed } && mark.Seq >= missed);
            }
        }
    }

    /// <summary>Looks who is here. Presence is told to those who look, and this is one of them.</summary>
    public void Look()
    {
        lock (_gate)
        {
            foreach (var (customer, was) in _here.ToList())
            {
                var now = present(customer);
                Tick("leave", was && !now);
                _here[customer] = now;
            }
        }
    }

    private void Hear(Entry entry)
    {
        switch (entry.Body)
        {
            case Visited visited:
                var devices = _devices.TryGetValue(entry.Subject, out var known) ? known : _devices[entry.Subject] = [];
                devices.Add(visited.Visit.Device);
                Tick("telephone", devices.Count > 1);
                break;
            case Message message when entry.Author is { Kind: AuthorKind.Contact, Id: { } id }:
                Said(entry, new ContactId(id));
                Tick("choose", message.Content is { Type: "formResponse" } or { Choice: not null } && !simulated(new ContactId(id)));
                break;
            case Message when entry.Author.Kind == AuthorKind.Agent:
                Answered(entry);
                break;
            case Note { Mentions.IsDefaultOrEmpty: false }:
                Tick("note");
                break;
            case Promised { Ground: Ground.OpeningHours } when _threads.GetValueOrDefault(entry.Subject) is { Customer: not null }:
                Tick("night");
                break;
            case Notified { By: "mail" } when _threads.GetValueOrDefault(entry.Subject) is { Customer: not null }:
                Tick("mail");
                break;
            case InboxSet { Settings.Profile: Workspaces.Profile.StrictLive }:
                _strict.Add(entry.Subject);
                break;
            case InboxSet:
                Tick("strict", _strict.Remove(entry.Subject));
                break;
            case Closed when _threads.GetValueOrDefault(entry.Subject) is { } closed:
                closed.Closed = true;
                break;
        }
    }

    private void Said(Entry entry, ContactId customer)
    {
        if (simulated(customer))
        {
            Tick("others", _threads.GetValueOrDefault(entry.Subject) is { Answered: true });
            return;
        }

        var thread = Thread(entry.Subject, customer);
        Tick("ask");
        Tick("again", thread.Closed);
        thread.Closed = false;
        _here.TryAdd(customer, present(customer));
    }

    private void Answered(Entry entry)
    {
        var thread = Thread(entry.Subject, null);
        thread.Answered = true;
        if (thread.Customer is { } customer)
        {
            Tick("answer");
            thread.Missed = present(customer) ? thread.Missed : entry.Seq;
        }
    }

    private Talk Thread(Subject subject, ContactId? customer)
    {
        var thread = _threads.TryGetValue(subject, out var known) ? known : _threads[subject] = new Talk();
        thread.Customer = customer ?? thread.Customer;
        return thread;
    }

    private void Tick(string id, bool done = true)
    {
        if (done)
        {
            _done.Add(id);
        }
    }

    private sealed class Talk
    {
        public ContactId? Customer { get; set; }

        public bool Answered { get; set; }

        public bool Closed { get; set; }

        /// <summary>The last that was written while the customer was gone.</summary>
        public long? Missed { get; set; }
    }
}
