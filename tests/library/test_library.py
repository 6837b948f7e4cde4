from drafter.samples.library import Library

TEXTS = [
    "清水镇工作总结\n一、存在问题\n基础设施仍有短板，干部能力有待提高。\n二、下一步工作打算\n继续抓好项目。\n",
    "白石镇工作总结\n一、人居环境整治\n清理垃圾，疏通沟渠。\n二、招商引资\n签约项目两个。\n",
]


def test_a_paraphrase_finds_the_section_it_means():
    library = Library(TEXTS)
    for query, heading in (
        ("短板不足", "存在问题"),
        ("今后安排", "下一步工作打算"),
        ("村容村貌", "人居环境整治"),
    ):
        assert library.retrieve(query, 1)[0].section.heading == heading


def test_a_sample_added_later_is_found_and_compared():
    library = Library(TEXTS)
    assert library.retrieve("森林防火") == []
    library.add("青山镇工作总结\n一、森林防灭火\n护林员每日巡护林区并登记野外用火情况。\n")
    assert library.retrieve("森林防火")[0].sample == "样本3"
    assert library.overlaps("护林员每日巡护林区并登记野外用火")[0].sample.name == "样本3"
