using Parley.Contacts;
using Parley.Platform;
using Shouldly;

namespace Parley.Tests.Platform;

public class IdTests
{
    [Fact]
    public void What_a_query_does_not_say_is_absent_and_what_is_no_id_is_one_that_nothing_has()
    {
        Id<ContactIds>.TryParse(null, out _).ShouldBeFalse();
        Id<ContactIds>.TryParse("", out _).ShouldBeFalse();
        Id<ContactIds>.TryParse("nonsense", out var none).ShouldBeTrue();
        none.IsEmpty.ShouldBeTrue();
        var id = Id<ContactIds>.New(TimeProvider.System);
        Id<ContactIds>.TryParse(id.ToString(), out var same).ShouldBeTrue();
        same.ShouldBe(id);
        Id<FileIds>.TryParse(id.ToString(), out var other).ShouldBeTrue();
        other.IsEmpty.ShouldBeTrue("An id of another kind is none.");
    }
}
