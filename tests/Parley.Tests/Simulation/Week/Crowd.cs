using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;
using Shouldly;

namespace Parley.Tests.Simulation.Week;

/// <summary>The customers: they come by the hour of the day, ask, lose their connection, give up, write again, and now and then thank.</summary>
internal sealed class Crowd(WorkWeek week, int count)
{
    /// <summary>How many come in each hour of a day, as parts.</summary>
    private static readonly double[] Hours = [0.3, 0.2, 0.2, 0.2, 0.2, 0.4, 0.8, 1.5, 2.5, 3, 3.2, 3, 2.6, 2.8, 3, 3, 2.8, 2.4, 2, 1.8, 1.6, 1.2, 0.8, 0.5];

    private readonly Dictionary<ConversationId, Customer> _all = [];
    private readonly HashSet<Customer> _here = [];

    public int Refused { get; private set; }

    public int Drops { get; private set; }

    public void Plan()
    {
        var total = Hours.Sum();
        for (var i = 0; i < count; i++)
        {
            var (day, part) = (week.Random.Next(7), week.Random.NextDouble() * total);
            var hour = 0;
            for (; part > Hours[hour]; hour++)
            {
                part -= Hours[hour];
            }

            var at = WorkWeek.Begins.AddDays(day).AddHours(hour + week.Random.NextDouble());
            // Who comes in the last hours has no time to be answered in this week.
            if (at < WorkWeek.Ends.AddHours(-4))
            {
                week.Plan(at, Come);
            }
        }
    }

    public void Hear(Entry entry)
    {
        if (entry is { Type: "message", Author.Kind: AuthorKind.Agent } && _all.TryGetValue(new ConversationId(entry.Subject.Id), out var customer))
        {
            Answered(customer);
        }
    }

    public void Lose()
    {
        foreach (var customer in _here)
        {
            (customer.Leave, customer.Since) = (null, week.Time.Now);
        }
    }

    public void Return()
    {
        foreach (var customer in _here.ToList())
        {
            week.In(week.Between(0.5, 15), () => Enter(customer));
        }
    }

    /// <summary>Of who has been gone for long nobody thinks that they are here.</summary>
    public void Accounted(ConversationId id, Conversation it)
    {
        if (it.Mode == Mode.Live && _all[id] is { Leave: null } customer && customer.Since < week.Time.Now.AddSeconds(-240))
        {
            throw new ShouldAssertException($"{id} is live, and the customer has been gone since {customer.Since:O}.");
        }
    }

    private void Come()
    {
        var contact = new ContactId(Cast.Fresh(week.Random));
        var inbox = week.Inboxes[week.Random.NextDouble() switch { < 0.6 => 0, < 0.85 => 1, _ => 2 }];
        var customer = new Customer(new VisitorPrincipal(week.Workspace, contact, contact, inbox, "laptop", false, 0) { Contacts = [contact] }, new ConversationId(Cast.Fresh(week.Random))) { Turns = week.Random.Next(0, 3) };
        // Some write from where nobody sees that they are there.
        if (week.Chance(0.9))
        {
            _here.Add(customer);
            Enter(customer);
        }

        week.In(5, () => Begin(customer));
    }

    private void Begin(Customer customer)
    {
        _all[customer.It] = customer;
        week.Do(async id =>
        {
            var (who, roster) = (customer.Who, week.Server.Rosters.Now(week.Workspace));
            var inbox = roster.Inbox(who.Inbox)!;
            return new Open(
                new Origin(week.Workspace, who.Author, id) { Via = new Via(who.Inbox) }, customer.It, who.Inbox, inbox.Settings.Brand, "web", who.Person, Terms.Of(inbox.Settings),
                Introducing.Of(who.Person, "web", customer.It, who.Inbox, who.Device, null), Content.Of("A question."))
            {
                Moment = await week.Server.Moments.Of(who, inbox), Languages = ["en"],
            };
        },
        outcome =>
        {
            if (outcome.Refusal is not null)
            {
                Refused++;
                _all.Remove(customer.It);
                Exit(customer);
                _here.Remove(customer);
            }
        });
        if (week.Chance(0.2))
        {
            week.In(week.Between(5, 300), () => Drop(customer));
        }

        if (week.Chance(0.35))
        {
            week.In(5 + week.Lognormal(120, 1), () => Go(customer));
        }

        if (week.Chance(0.05))
        {
            week.In(week.Between(30, 600), () => Talk(customer));
        }
    }

    /// <summary>They go on, or are content.</summary>
    private void Answered(Customer customer)
    {
        if (!_here.Contains(customer))
        {
            // Who has left reads it later, and some then write again.
            if (customer.Turns-- > 0 && week.Chance(0.4))
            {
                week.In(week.Lognormal(3 * 3600, 1), () => Back(customer));
            }

            return;
        }

        if (customer.Turns-- > 0 && week.Chance(0.65))
        {
            week.In(week.Between(8, 90), () => Write(customer, "And this?"));
        }
        else
        {
            if (week.Chance(0.3))
            {
                week.In(week.Between(5, 40), () => Write(customer, "Thanks!"));
            }

            week.In(week.Between(10, 400), () => Go(customer));
        }
    }

    private void Write(Customer customer, string words)
    {
        if (!_all.ContainsKey(customer.It))
        {
            return;
        }

        week.Do(async id => await week.Server.Desk.Look(week.Workspace, Conversation.Subject(customer.It)) is not { State: Conversation it } || it.Mode == Mode.Ended
            ? null
            : new Post(new Origin(week.Workspace, customer.Who.Author, id) { Via = new Via(it.Inbox) }, customer.It, Content.Of(words), Terms.Of(week.Server.Rosters.Now(week.Workspace).Inbox(it.Inbox)!.Settings))
            {
                Moment = await week.Server.Moments.Of(customer.Who, customer.It, it),
            });
    }

    private void Talk(Customer customer)
    {
        if (_here.Contains(customer) && _all.ContainsKey(customer.It))
        {
            week.Do(async id => await week.Server.Desk.Look(week.Workspace, Conversation.Subject(customer.It)) is not { State: Conversation it }
                ? null
                : new RequestLive(new Origin(week.Workspace, customer.Who.Author, id), customer.It) { Moment = await week.Server.Moments.Of(week.Workspace, customer.It, it) });
        }
    }

    private void Back(Customer customer)
    {
        _here.Add(customer);
        Enter(customer);
        week.In(week.Between(5, 60), () => Write(customer, "One more thing."));
        week.In(week.Between(100, 900), () => Go(customer));
    }

    private void Drop(Customer customer)
    {
        if (customer.Leave is not null)
        {
            Drops++;
            Exit(customer);
            week.In(week.Chance(0.7) ? week.Between(2, 40) : week.Between(60, 400), () =>
            {
                if (_here.Contains(customer))
                {
                    Enter(customer);
                }
            });
        }
    }

    private void Go(Customer customer)
    {
        _here.Remove(customer);
        Exit(customer);
    }

    private void Enter(Customer customer)
    {
        if (week.Up && customer.Leave is null && _here.Contains(customer))
        {
            (customer.Leave, customer.Since) = (week.Server.Connect(customer.Who), week.Time.Now);
        }
    }

    private void Exit(Customer customer)
    {
        if (customer.Leave is { } leave)
        {
            leave();
            (customer.Leave, customer.Since) = (null, week.Time.Now);
        }
    }

    private sealed class Customer(VisitorPrincipal who, ConversationId it)
    {
        public VisitorPrincipal Who => who;

        public ConversationId It => it;

        /// <summary>How often they go on.</summary>
        public int Turns { get; set; }

        public Action? Leave { get; set; }

        /// <summary>Since when they are here, or not.</summary>
        public DateTimeOffset Since { get; set; }
    }
}
