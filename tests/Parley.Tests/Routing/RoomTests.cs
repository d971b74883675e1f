using Parley.Conversations;
using Parley.Routing;
using Parley.Routing.Policies;
using Parley.Tests.Cast;
using Shouldly;

namespace Parley.Tests.Routing;

public class RoomTests
{
    private static readonly AgentId Noor = new(Guid(1_000_000));

    [Fact]
    public void F4_Words_that_are_written_at_once_are_counted_before_they_are_heard_of()
    {
        var room = Staffed(units: 1);
        Written(room, 1, 2, 3).ShouldBe([true, true, true]);
        Written(room, 4).ShouldBe([false], "One more is too much.");
        Written(room, 2).ShouldBe([true], "The same is counted once.");
        // Heard of, it is part of the load and held no more; it stays theirs however often they write.
        Hear(room, 1);
        Written(room, 1, 4).ShouldBe([true, false]);
        // Answered, there is room again.
        room.Hall.Remove(Conversation(1));
        Written(room, 4).ShouldBe([true]);
    }

    [Fact]
    public void What_is_never_heard_of_was_never_written()
    {
        var room = Staffed(units: 1);
        Written(room, 1, 2, 3, 4).ShouldBe([true, true, true, false]);
        room.Owes(Noor, Conversation(4), Clock.Morning.AddSeconds(6)).ShouldBeTrue();
    }

    [Fact]
    public void Of_who_is_not_known_nothing_is_refused() => new Room(new Hall(new LeastLoaded())).Owes(Noor, Conversation(1), Clock.Morning).ShouldBeTrue();

    private static IEnumerable<bool> Written(Room room, params int[] conversations) => [.. conversations.Select(number => room.Owes(Noor, Conversation(number), Clock.Morning))];

    private static void Hear(Room room, int number)
    {
        room.Heard(Conversation(number));
        room.Hall.Put(new Job(Conversation(number), new QueueKey(new InboxId(Guid(2_000_000)), null), Priority.Normal, Clock.Morning) { Agent = Noor, Thirds = 1 });
    }

    private static Room Staffed(int units)
    {
        var hall = new Hall(new LeastLoaded());
        hall.Staff([new Seat(Noor, units, Open: true)], _ => [Noor]);
        return new Room(hall);
    }

    private static ConversationId Conversation(int number) => new(Guid(number));

    private static Guid Guid(int number) => new(number, 0, 0x7000, 0x80, 0, 0, 0, 0, 0, 0, 1);
}
