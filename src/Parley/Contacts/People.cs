using System.Collections.Concurrent;
using System.Collections.Immutable;
using Parley.Log;
using Parley.Platform.Store;
using Parley.Workspaces;

namespace Parley.Contacts;

/// <summary>
/// Contacts in memory, as far as they are in use: their states (whose threads are whose, what still counts) and profiles (names).
/// Never stale on this node: an entry about a contact lets go of what was kept, and what is read while one arrives is not kept.
/// </summary>
public sealed class People : IDisposable
{
    private const int Kept = 50_000;

    /// <summary>Of so many is remembered that there is nothing: an id each.</summary>
    private const int KeptUnknown = 200_000;

    private readonly Database _database;
    private readonly Desk _desk;
    private readonly EntryTypes _types;
    private readonly IDisposable _listening;
    private readonly ConcurrentDictionary<ContactId, Contact> _states = new();
    private readonly ConcurrentDictionary<ContactId, Profile> _profiles = new();
    private readonly ConcurrentDictionary<ContactId, bool> _unknown = new();
    private long _heard;

    public People(Database database, Desk desk, EntryTypes types, Fanout fanout)
    {
        (_database, _desk, _types) = (database, desk, types);
        _listening = fanout.Listen(Hear);
    }

    /// <summary>The contact's state; null when nothing is stored of it.</summary>
    public async ValueTask<Contact?> State(WorkspaceId workspace, ContactId id)
    {
        if (_states.TryGetValue(id, out var known))
        {
            return known;
        }

        var heard = Interlocked.Read(ref _heard);
        if (await _desk.Look(workspace, Contact.Subject(id)) is not { Seq: > 0, State: Contact state })
        {
            return null;
        }

        Keep(_states, id, state, heard, Kept);
        return state;
    }

    /// <summary>True if an agent or a program may see a contact: one that has a thread, its own or of somebody who turned out to be it, in an inbox open to them.</summary>
    public async ValueTask<bool> Seen(Principal who, Contact contact)
    {
        if (who is not AgentPrincipal { Inboxes: { } open })
        {
            return who is AgentPrincipal or ProgramPrincipal;
        }

        if (contact.Threads.Any(thread => open.Contains(thread.Inbox)))
        {
            return true;
        }

        foreach (var joined in contact.Joined)
        {
            if (await State(who.Workspace, joined) is { } other && other.Threads.Any(thread => open.Contains(thread.Inbox)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>All contacts that are the same person as this one, the person first.</summary>
    public async ValueTask<IReadOnlyList<ContactId>> Same(WorkspaceId workspace, ContactId id)
    {
        var person = (await State(workspace, id))?.Person ?? id;
        return await State(workspace, person) is { } state ? [person, .. state.Joined] : [person];
    }

    /// <summary>The person's profile if it is in memory: for who must not wait. <see cref="Of(WorkspaceId, IReadOnlyCollection{ContactId})"/> brings it there.</summary>
    public Profile? Known(ContactId id) => _profiles.GetValueOrDefault(id) is { Person: { } person } ? _profiles.GetValueOrDefault(person) : _profiles.GetValueOrDefault(id);

    public async ValueTask<Profile?> Of(WorkspaceId workspace, ContactId id) => (await Of(workspace, [id])).GetValueOrDefault(id);

    /// <summary>Who some contacts of a workspace are: of one who turned out to be somebody, that person's profile. Of whom nothing is stored is left out.</summary>
    public async ValueTask<IReadOnlyDictionary<ContactId, Profile>> Of(WorkspaceId workspace, IReadOnlyCollection<ContactId> ids)
    {
        var own = await Own(workspace, ids);
        var persons = own.Values.Select(profile => profile.Person).OfType<ContactId>().ToHashSet();
        if (persons.Count == 0)
        {
            return own;
        }

        var found = await Own(workspace, persons);
        return own.ToDictionary(pair => pair.Key, pair => pair.Value.Person is { } person && found.TryGetValue(person, out var profile) ? profile : pair.Value);
    }

    /// <summary>Who a contact is to itself: whom it was proven to be, whatever colleagues know.</summary>
    public async ValueTask<Profile?> Self(WorkspaceId workspace, ContactId id)
    {
        var self = (await State(workspace, id))?.Becomes ?? id;
        return (await Own(workspace, [self])).GetValueOrDefault(self);
    }

    /// <summary>The same of whoever came by a link to one thread, which may be hidden from whom the contact was proven to be.</summary>
    public async ValueTask<Profile?> BehindSelf(WorkspaceId workspace, ContactId id, ConversationId thread) =>
        await Self(workspace, id) is { } self && self.Id != id && await State(workspace, self.Id) is { } whole && whole.Hidden.Contains(thread)
            ? (await Own(workspace, [id])).GetValueOrDefault(id)
            : await Self(workspace, id);

    /// <summary>Whose a thread of a contact is: whom it turned out to be, or, where the thread stays hidden from them, the contact alone.</summary>
    public async ValueTask<Profile?> Behind(WorkspaceId workspace, ContactId contact, ConversationId thread)
    {
        var person = await Of(workspace, contact);
        return person is not null && person.Id != contact && await State(workspace, person.Id) is { } whole && whole.Hidden.Contains(thread)
            ? (await Own(workspace, [contact])).GetValueOrDefault(contact)
            : person;
    }

    /// <summary>The entries of a person's timelines that hold what one message said of them. Read from the log: what stands there never changes but to be overwritten.</summary>
    public async Task<ImmutableArray<(ContactId Contact, long Seq)>> Noted(WorkspaceId workspace, ContactId id, SaidIn said)
    {
        var same = await Same(workspace, id);
        return await _database.Read(async session => (await LogReader.Timelines(session, _types, same.Select(Contact.Subject)))
            .SelectMany(timeline => timeline)
            .Where(entry => entry.Workspace == workspace && entry.Body is Described { In: { } origin } && origin == said)
            .Select(entry => (new ContactId(entry.Subject.Id), entry.Seq))
            .ToImmutableArray());
    }

    /// <summary>Where one of those who are the same person is reached by a channel's inbox: an address there that is theirs and nobody else's. Null: nobody knows.</summary>
    public async Task<(ContactId Contact, string Address)?> At(WorkspaceId workspace, IReadOnlyCollection<ContactId> same, InboxId inbox, string channel)
    {
        var profiles = await Own(workspace, same);
        foreach (var (contact, address) in same.SelectMany(one => profiles.GetValueOrDefault(one)?.Identities.Where(identity => identity.Kind == channel).Select(identity => (one, identity.Value)) ?? []))
        {
            // An address of the same kind may be another's here: each account of a provider has its own, unless all of the kind share them.
            foreach (var realm in (string[])[inbox.ToString(), channel])
            {
                if (await _database.Read(session => Claims.Holder(session, workspace, Holding.Key(realm, address))) is { } holder && same.Contains(new ContactId(holder.Id)))
                {
                    return (contact, address);
                }
            }
        }

        return null;
    }

    public void Dispose() => _listening.Dispose();

    /// <summary>What is known of some contacts themselves, whoever they turned out to be.</summary>
    public async ValueTask<IReadOnlyDictionary<ContactId, Profile>> Own(WorkspaceId workspace, IReadOnlyCollection<ContactId> ids)
    {
        var found = new Dictionary<ContactId, Profile>(ids.Count);
        var missing = new List<ContactId>();
        foreach (var id in ids)
        {
            if (_profiles.TryGetValue(id, out var known))
            {
                found[id] = known;
            }
            else if (!_unknown.ContainsKey(id))
            {
                missing.Add(id);
            }
        }

        if (missing.Count == 0)
        {
            return found;
        }

        var heard = Interlocked.Read(ref _heard);
        await _database.Read(async session =>
        {
            var timelines = await LogReader.Timelines(session, _types, missing.Select(Contact.Subject));
            foreach (var id in missing)
            {
                var timeline = timelines[Contact.Subject(id)].ToList();
                if (timeline.Where(entry => entry.Workspace == workspace).Aggregate(new Profile(id), (it, entry) => it.With(entry)) is { Seq: > 0 } profile)
                {
                    found[id] = profile;
                    Keep(_profiles, id, profile, heard, Kept);
                }
                else if (timeline.Count == 0)
                {
                    // Nowhere: whoever asks for another workspace's contact must not hide it from that.
                    Keep(_unknown, id, true, heard, KeptUnknown);
                }
            }

            return true;
        });
        return found;
    }

    private void Keep<T>(ConcurrentDictionary<ContactId, T> where, ContactId id, T what, long heard, int most)
    {
        if (where.Count >= most)
        {
            where.Clear();
        }

        where[id] = what;
        if (Interlocked.Read(ref _heard) != heard)
        {
            where.TryRemove(id, out _);
        }
    }

    private void Hear(Committed committed)
    {
        foreach (var entry in committed.Entries)
        {
            if (entry.Subject.Kind == Contact.Kind)
            {
                // The count first: whoever is reading meanwhile then lets go of what they read.
                Interlocked.Increment(ref _heard);
                var id = new ContactId(entry.Subject.Id);
                _states.TryRemove(id, out _);
                _profiles.TryRemove(id, out _);
                _unknown.TryRemove(id, out _);
            }
        }
    }
}
